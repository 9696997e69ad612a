import { createHash } from 'node:crypto';
import { extensions, type TextDocument } from 'vscode';
import type { WrittenState } from '../jobs/job';
import { withDeadline } from './deadline';

/** Milliseconds that a job waits for the editor's git. */
const patience = 2000;

/** What a take remembers of the text it was made from: its words by hash, and the commit they belong to. */
export async function writtenState(document: TextDocument, words: string): Promise<WrittenState> {
  const shotHash = createHash('sha256').update(plain(words)).digest('hex');
  const commit = await withDeadline(commitOf(document), patience).catch(() => undefined);
  return { shotHash, commit: commit?.commit ?? null, dirty: commit?.dirty ?? null };
}

const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim();

/** Asks the editor's own git, which runs only where a repository is; where it is off, nothing is known. */
async function commitOf(document: TextDocument): Promise<Pick<WrittenState, 'commit' | 'dirty'> | undefined> {
  if (document.uri.scheme !== 'file') return undefined;
  const git = extensions.getExtension<unknown>('vscode.git');
  if (!git?.isActive || !isGit(git.exports) || git.exports.enabled === false) return undefined;
  const repository: unknown = git.exports.getAPI(1).getRepository(document.uri);
  if (!isRepository(repository)) return undefined;
  const commit = repository.state.HEAD?.commit;
  if (typeof commit !== 'string') return undefined;
  try {
    // of HEAD as it is known to be: it may move on while this is asked
    const committed = await repository.show(commit, document.uri.fsPath);
    return { commit, dirty: typeof committed === 'string' ? plain(committed) !== plain(document.getText()) : null };
  } catch (error) {
    return { commit, dirty: isUnknownPath(error) ? true : null };
  }
}

interface Git {
  readonly enabled?: unknown;
  getAPI(version: 1): { getRepository(uri: TextDocument['uri']): unknown };
}

interface Repository {
  readonly state: { readonly HEAD?: { readonly commit?: unknown } };
  show(ref: string, path: string): Promise<unknown>;
}

function isGit(value: unknown): value is Git {
  return typeof value === 'object' && value !== null && 'getAPI' in value && typeof value.getAPI === 'function';
}

function isRepository(value: unknown): value is Repository {
  if (typeof value !== 'object' || value === null || !('show' in value) || !('state' in value)) return false;
  return typeof value.show === 'function' && typeof value.state === 'object' && value.state !== null;
}

/** A file that no commit holds yet. */
const isUnknownPath = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'gitErrorCode' in error && /^(?:UnknownPath|WrongCase)$/.test(String(error.gitErrorCode));
