/** An editor that is going down has closed its log and shows nothing more; the id of a paid job is still to be written. */
export function neverThrowing<T>(tell: (what: T) => void): (what: T) => void {
  return (what) => {
    try {
      tell(what);
    } catch {
      // there is nobody left to tell
    }
  };
}
