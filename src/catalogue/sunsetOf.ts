import type { Sunset } from './model';

/** What the service says of a model's end, in whatever answer: a warning in headers, or its refusal. */
export interface SaidOfEnd {
  readonly date?: string;
  readonly link?: string;
  /** An id, or an address that ends in one. */
  readonly replacement?: string;
}

/** The end of a model as it is kept. `over`: refused already (410). */
export function sunsetOf({ date, link, replacement }: SaidOfEnd, over: boolean): Omit<Sunset, 'seen'> {
  const id = replacement === undefined ? undefined : idOf(replacement);
  return { over, ...(date !== undefined && { date }), ...(link !== undefined && { link }), ...(id !== undefined && { replacement: id }) };
}

/** `/generate/video/kling/kling-2.6` and `https://api.krea.ai/generate/video/kling/kling-2.6` name `kling/kling-2.6`. */
function idOf(named: string): string | undefined {
  return /^(?:(?:https:\/\/[\w.-]+)?\/?generate\/video\/)?((?:[\w-][\w.-]*\/){0,3}[\w-][\w.-]{0,60})$/.exec(named.trim())?.[1];
}
