import type { PlayerTexts } from '../messages';

/** What keys do; the page knows how. */
export interface KeyActs {
  readonly toggle: () => void;
  readonly skip: (seconds: number) => void;
  readonly step: (frames: number) => void;
  readonly toStart: () => void;
  readonly toEnd: () => void;
  readonly loop: () => void;
  readonly mute: () => void;
  readonly louder: (steps: number) => void;
  readonly faster: (steps: number) => void;
  readonly again: () => void;
  readonly useFrame: () => void;
  readonly copyFrame: () => void;
  readonly pictureInPicture: () => void;
  readonly properties: () => void;
}

/** Seconds that an arrow key moves. Clips last 3 to 15 s. */
const skipBy = 1;

/** What has arrows, Space and Enter of its own keeps them; the scrubber has none, so that they mean the same there. */
const ownsKeys = 'button, input:not(.scrub), select, textarea, [tabindex="0"]';
/** What lies over the page has all keys to itself. */
const over = '[popover], dialog';

/** Keys that work wherever the focus is in the page. */
export function followKeys(acts: KeyActs): void {
  const anywhere: Readonly<Record<string, () => void>> = {
    k: acts.toggle,
    ',': () => acts.step(-1),
    '.': () => acts.step(1),
    '<': () => acts.faster(-1),
    '>': () => acts.faster(1),
    l: acts.loop,
    m: acts.mute,
    g: acts.again,
    u: acts.useFrame,
    c: acts.copyFrame,
    p: acts.pictureInPicture,
    i: acts.properties,
    '?': acts.properties,
  };
  const elsewhere: Readonly<Record<string, () => void>> = {
    ' ': acts.toggle,
    ArrowLeft: () => acts.skip(-skipBy),
    ArrowRight: () => acts.skip(skipBy),
    ArrowUp: () => acts.louder(1),
    ArrowDown: () => acts.louder(-1),
    Home: acts.toStart,
    End: acts.toEnd,
  };
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : undefined;
    if (target?.closest(over)) return;
    const act = anywhere[event.key.toLowerCase()] ?? (target?.closest(ownsKeys) ? undefined : elsewhere[event.key]);
    if (act === undefined) return;
    event.preventDefault();
    // a key that is held runs through frames and seconds, and does nothing else again and again
    if (event.repeat && !repeats.has(event.key)) return;
    act();
  });
}

const repeats = new Set([',', '.', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** The keys as *Properties* lists them. */
export function keyRows(texts: PlayerTexts): readonly { readonly label: string; readonly keys: readonly string[] }[] {
  return [
    { label: texts.keyPlay, keys: ['Space', 'K'] },
    { label: texts.keyFrames, keys: [',', '.'] },
    { label: texts.keySeconds, keys: ['←', '→'] },
    { label: texts.keyEnds, keys: ['Home', 'End'] },
    { label: texts.loop, keys: ['L'] },
    { label: texts.mute, keys: ['M'] },
    { label: texts.keyVolume, keys: ['↑', '↓'] },
    { label: texts.keySpeed, keys: ['<', '>'] },
    { label: texts.goToGenerateAgain, keys: ['G'] },
    { label: texts.useFrame, keys: ['U'] },
    { label: texts.copyFrame, keys: ['C'] },
    { label: texts.pictureInPicture, keys: ['P'] },
    { label: texts.properties, keys: ['I', '?'] },
    { label: texts.keyClose, keys: ['Esc'] },
  ];
}
