/** Name of the file that is in the storage folder while any job is open. */
export const openJobsMarker = 'open-jobs';
