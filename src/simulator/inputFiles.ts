import { type Answer, json } from './answer';
import type { InputFault } from './assets';
import type { Parameter, SimulatedModel } from './models';
import type { Switches } from './switches';

/** Hosts of Krea's own files, beside the simulator's. */
const ownHosts = /^https:\/\/(app-uploads|gen|s)\.krea\.ai\//;

/** What the schema cannot say about the files a request names. An address with `unfetchable` in it cannot be fetched. */
export function checkInputs(
  model: SimulatedModel,
  body: Readonly<Record<string, unknown>>,
  { inputHosts, dataUris, siblingsExclude }: Switches,
  fileBase: string,
  faultOf: (address: string) => InputFault | undefined,
): Answer | undefined {
  const references = body.reference_images;
  const excluding = siblingsExclude ? /^bytedance\/seedance-2/ : /^bytedance\/seedance-2$/;
  if (excluding.test(model.id) && body.end_image && Array.isArray(references) && references.length > 0)
    return json(422, { error: 'end_image and reference_images cannot be used together' });

  for (const address of Object.entries(model.params).flatMap(([name, parameter]) => addressesIn(parameter, body[name]))) {
    if (address.startsWith('data:')) {
      if (!dataUris) return json(422, { error: 'Invalid asset URL' });
    } else if (inputHosts === 'own' && !ownHosts.test(address) && !address.startsWith(`${fileBase}/`)) {
      return json(422, { error: 'Invalid asset URL' });
    } else if (address.startsWith(`${fileBase}/assets/`)) {
      const fault = faultOf(address);
      if (fault) return json(422, { error: faultWords[fault] });
    } else if (address.includes('unfetchable')) {
      return json(422, { error: 'Input file rejected' });
    }
  }
  return undefined;
}

const faultWords: Readonly<Record<InputFault, string>> = {
  unknown: 'Invalid asset URL',
  tooSmall: 'Input file rejected: the image is too small',
  forbidden: 'Input file rejected: nsfw',
};

function addressesIn(parameter: Parameter, value: unknown): readonly string[] {
  if (typeof value === 'string') return parameter.format === 'uri' ? [value] : [];
  const { items, properties } = parameter;
  if (Array.isArray(value)) return items ? value.flatMap((item) => addressesIn(items, item)) : [];
  if (typeof value !== 'object' || value === null || !properties) return [];
  return Object.entries(value).flatMap(([name, held]) => (properties[name] ? addressesIn(properties[name], held) : []));
}
