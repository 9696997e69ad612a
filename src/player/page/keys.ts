import type { Stage } from './stage';

/** Seconds that an arrow key moves. Clips last 3 to 15 s. */
const skipBy = 1;

/** What has keys of its own keeps them. */
const ownsKeys = 'button, video, input, select, textarea, [tabindex="0"]';

/** Keys of a player that work wherever the focus is in the page: Space or K, M, and the arrows. */
export function followKeys(stage: Stage): void {
  const acts: Readonly<Record<string, () => void>> = {
    ' ': () => stage.toggle(),
    k: () => stage.toggle(),
    m: () => stage.toggleMuted(),
    ArrowLeft: () => stage.skip(-skipBy),
    ArrowRight: () => stage.skip(skipBy),
  };
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const isLetter = event.key === 'k' || event.key === 'm';
    if (!isLetter && event.target instanceof Element && event.target.closest(ownsKeys)) return;
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}
