import type { HeldToken } from './tokenStore';

/** Logs where the token comes from, each time that changes. */
export function noteTokenSource(log: (line: string) => void): (source: HeldToken['source']) => void {
  let noted: HeldToken['source'] | undefined;
  return (source) => {
    if (noted !== source)
      log(source === 'environment' ? 'The API token is that of KREA_API_KEY' : 'The API token is that of the secret storage');
    noted = source;
  };
}
