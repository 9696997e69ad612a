import { createSecureContext, type SecureContext } from 'node:tls';
import type { ReadCertificates } from './systemCertificates';

/**
 * Whose certificates our own connections accept: at first those that come with Node, and the system's too once a
 * server could not be verified without them. Verification itself is never weakened here.
 */
export class Trust {
  private wider: SecureContext | undefined;
  private reading: Promise<readonly string[]> | undefined;

  constructor(private readonly read: ReadCertificates | undefined) {}

  /** For `tls.connect`. One for all connections: to parse some hundred certificates takes about 20 ms. */
  get context(): SecureContext | undefined {
    return this.wider;
  }

  /** True when more is trusted now than with the context `before`, so that a connection is worth another try. */
  async widen(before: SecureContext | undefined, signal: AbortSignal): Promise<boolean> {
    if (this.wider === before && this.read) {
      this.reading ??= this.read();
      const certificates = await orAborted(this.reading, signal);
      if (certificates.length > 0) this.wider ??= createSecureContext({ ca: [...certificates] });
    }
    return this.wider !== before;
  }
}

function orAborted(certificates: Promise<readonly string[]>, signal: AbortSignal): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const leave = (): void => resolve([]);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    void certificates.then((found) => {
      signal.removeEventListener('abort', leave);
      resolve(found);
    });
  });
}
