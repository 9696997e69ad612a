/** Why a call did not end with a whole answer. `code` is the system's or undici's own word, for the log. */
export interface NetworkFault {
  readonly kind: NetworkFaultKind;
  readonly code: string;
}

export type NetworkFaultKind = 'offline' | 'refused' | 'timeout' | 'certificate' | 'proxy' | 'reset' | 'stopped' | 'other';

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
  CERT_HAS_EXPIRED: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
};

/** Reads a thrown value down its causes, since undici and fetch wrap the error that says what happened. */
export function networkFault(error: unknown): NetworkFault {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = codeOf(cause);
    if (/proxy (response|authentication)/i.test(cause.message)) return { kind: 'proxy', code: code || 'PROXY' };
    const kind = kinds[code];
    if (kind) return { kind, code };
    if (cause.name === 'AbortError') return { kind: 'stopped', code: 'ABORT_ERR' };
    if (cause.name === 'TimeoutError') return { kind: 'timeout', code: 'TIMEOUT' };
    if (cause instanceof AggregateError && cause.errors.length > 0) return networkFault(cause.errors[0]);
  }
  return { kind: 'other', code: error instanceof Error ? codeOf(error) || error.name : 'UNKNOWN' };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
