/** Why the disk said no. `code` is the system's own word, for the log. */
export interface FileTrouble {
  readonly kind: 'trouble';
  readonly reason: 'folderGone' | 'denied' | 'full' | 'outOfReach';
  readonly code: string;
}

const reasons: Readonly<Record<string, FileTrouble['reason']>> = {
  ENOENT: 'folderGone',
  // a file lies where the folder was
  ENOTDIR: 'folderGone',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
};

/** Any other error of the system (EIO, ESTALE, ETIMEDOUT, EBUSY, …) means that the disk cannot be reached now. */
export function fileTrouble(error: unknown): FileTrouble {
  const code = errorCode(error);
  return { kind: 'trouble', reason: reasons[code] ?? 'outOfReach', code };
}

export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
