import type { link } from 'node:fs/promises';

/** What a disk without hard links answers. */
export const noHardLinks: typeof link = () => Promise.reject(Object.assign(new Error('operation not permitted'), { code: 'EPERM' }));
