import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { withDeadline } from './deadline';

/** A token with the random id that stands for its account in the ledger, and the one address it may be sent to. */
export interface HeldToken {
  readonly token: string;
  readonly account: string;
  readonly apiBase: string;
  readonly source: 'secretStorage' | 'environment';
}

const secretKey = 'kreaVideo.token';
const secretWithin = 10_000;

/** The API token: in SecretStorage and in memory, and nowhere else. `KREA_API_KEY` serves where there is no window. */
export class TokenStore {
  private held: HeldToken | undefined;
  private read: Promise<HeldToken | undefined> | undefined;

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly storageFolder: string,
  ) {}

  /** The token for this address. A token stored for another address counts as none: it is sent only where it was given for. */
  async get(apiBase: URL): Promise<HeldToken | undefined> {
    this.read ??= this.readSecret();
    const held = this.held ?? (await this.read);
    this.held = held;
    if (held?.apiBase === apiBase.href) return held;
    return this.fromEnvironment(apiBase);
  }

  /** Another window changed the secret, or this one must look again. */
  forgetMemory(): void {
    this.held = undefined;
    this.read = undefined;
  }

  async set(token: string, apiBase: URL, account: string = randomUUID()): Promise<HeldToken> {
    const held: HeldToken = { token, account, apiBase: apiBase.href, source: 'secretStorage' };
    await this.secrets.store(secretKey, JSON.stringify({ token, account, apiBase: apiBase.href }));
    this.held = held;
    return held;
  }

  async forget(): Promise<void> {
    await this.secrets.delete(secretKey);
    this.forgetMemory();
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return this.secrets.onDidChange(({ key }) => {
      if (key !== secretKey) return;
      this.forgetMemory();
      listener();
    });
  }

  private async readSecret(): Promise<HeldToken | undefined> {
    const stored = await withDeadline(this.secrets.get(secretKey), secretWithin);
    // SecretStorage can be undefined for a while in remote windows: ask again next time
    if (stored === undefined) this.read = undefined;
    return readHeldToken(stored);
  }

  private fromEnvironment(apiBase: URL): HeldToken | undefined {
    const token = this.environment.KREA_API_KEY?.trim();
    if (!token) return undefined;
    const account = createHmac('sha256', this.salt()).update(token).digest('hex').slice(0, 32);
    return { token, account, apiBase: apiBase.href, source: 'environment' };
  }

  /** So that the same variable is the same account after a restart, and its token cannot be guessed from the ledger. */
  private salt(): Buffer {
    const path = join(this.storageFolder, 'environment-salt');
    try {
      return readFileSync(path);
    } catch {
      mkdirSync(this.storageFolder, { recursive: true });
      const salt = randomBytes(32);
      writeFileSync(path, salt, { mode: 0o600 });
      return salt;
    }
  }
}

/** What is wrong with what was typed, before anyone is asked. The service's format is not documented. */
export function tokenShape(text: string): 'empty' | 'notOneWord' | 'fine' {
  const token = text.trim();
  if (token === '') return 'empty';
  return /^[\x21-\x7e]+$/.test(token) ? 'fine' : 'notOneWord';
}

function readHeldToken(stored: string | undefined): HeldToken | undefined {
  if (!stored) return undefined;
  try {
    const value: unknown = JSON.parse(stored);
    if (typeof value !== 'object' || value === null || !('token' in value) || !('account' in value) || !('apiBase' in value))
      return undefined;
    const { token, account, apiBase } = value;
    if (typeof token !== 'string' || typeof account !== 'string' || typeof apiBase !== 'string') return undefined;
    return { token, account, apiBase, source: 'secretStorage' };
  } catch {
    return undefined;
  }
}
