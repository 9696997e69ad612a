/**
 * Waits for a `vscode` call no longer than `ms`. A remote extension host outlives its window, and calls that need
 * the window then never answer.
 */
export async function withDeadline<T>(call: Thenable<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}
