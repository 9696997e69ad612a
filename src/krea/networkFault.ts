/** Why a call did not end with a whole answer. `code` is the system's or undici's own word, for the log. */
export interface NetworkFault {
  readonly kind: NetworkFaultKind;
  readonly code: string;
  /** Of a certificate: the editor's own way, which knows its signers, does not trust it either. */
  readonly editorTried?: true;
}

export type NetworkFaultKind =
  | 'offline'
  | 'refused'
  | 'timeout'
  | 'certificate'
  /** The proxy said no. */
  | 'proxy'
  /** The proxy wants a password, or another one. */
  | 'proxyPassword'
  /** No connection to the proxy itself. */
  | 'proxyDown'
  | 'reset'
  | 'stopped'
  | 'other';

const kinds: Readonly<Record<string, NetworkFaultKind>> = {
  ENOTFOUND: 'offline',
  EAI_AGAIN: 'offline',
  ENETUNREACH: 'offline',
  EHOSTUNREACH: 'offline',
  ENETDOWN: 'offline',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  UND_ERR_ABORTED: 'stopped',
  ABORT_ERR: 'stopped',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  INVALID_CA: 'certificate',
  CERT_UNTRUSTED: 'certificate',
  CERT_REJECTED: 'certificate',
  CERT_REVOKED: 'certificate',
  CERT_SIGNATURE_FAILURE: 'certificate',
  CERT_HAS_EXPIRED: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  UND_ERR_PRX_TLS: 'certificate',
  UND_ERR_PRX_CONN: 'proxyDown',
};

/** Verification failed because nobody known has signed: only then can more certificates help. */
const unknownSigners: ReadonlySet<string> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
]);

export function hasUnknownSigner({ kind, code }: NetworkFault): boolean {
  return kind === 'certificate' && unknownSigners.has(code);
}

/** A connection to a proxy that did not come about, around the error that says why. */
export class ProxyUnreachable extends Error {
  constructor(override readonly cause: unknown) {
    super('the proxy cannot be reached');
  }
}

/** Reads a thrown value down its causes, since undici and fetch wrap the error that says what happened. */
export function networkFault(error: unknown): NetworkFault {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = codeOf(cause);
    if (cause instanceof ProxyUnreachable) return unreachable(networkFault(cause.cause));
    const answered = proxyAnswer(cause.message);
    if (answered !== undefined) return proxyRefusal(answered);
    // the editor's word, which names the address and not the reason
    if (/^Failed to establish a socket connection to proxies/.test(cause.message)) return { kind: 'proxyDown', code: code || 'PROXY' };
    const kind = kinds[code];
    if (kind) return { kind, code };
    if (cause.name === 'AbortError') return { kind: 'stopped', code: 'ABORT_ERR' };
    if (cause.name === 'TimeoutError') return { kind: 'timeout', code: 'TIMEOUT' };
    if (cause instanceof AggregateError && cause.errors.length > 0) return networkFault(cause.errors[0]);
  }
  return { kind: 'other', code: error instanceof Error ? codeOf(error) || error.name : 'UNKNOWN' };
}

/** What a proxy's own answer means, when one came in place of the service's. */
export function proxyRefusal(status: number): NetworkFault {
  return { kind: status === 407 ? 'proxyPassword' : 'proxy', code: `HTTP ${status}` };
}

/** undici and the editor say what the proxy answered in the message alone. */
function proxyAnswer(message: string): number | undefined {
  const status = /^proxy response \((\d{3})\)|^proxy authentication required \((\d{3})\)/i.exec(message);
  return status ? Number(status[1] ?? status[2]) : undefined;
}

/** Of a proxy that is asked over TLS the certificate may be the trouble. */
function unreachable(fault: NetworkFault): NetworkFault {
  return fault.kind === 'certificate' || fault.kind === 'stopped' ? fault : { kind: 'proxyDown', code: fault.code };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
