/** Takes one plain line about a step that has just ended. */
export type Report = (line: string) => void;

/** Prints each line with the seconds since the start, so that a slow step shows itself. */
export function timedSteps(print: (line: string) => void = console.log, now: () => number = Date.now): Report {
  const start = now();
  return (line) => print(`[${((now() - start) / 1000).toFixed(1).padStart(6)} s] ${line}`);
}
