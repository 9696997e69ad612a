import { request } from 'node:http';

/** Posts a job's end to the address of its `X-Webhook-URL`: no signature, no second try. Only http addresses are served. */
export function callWebhook(address: string, job: unknown): void {
  if (!URL.canParse(address) || new URL(address).protocol !== 'http:') return;
  const call = request(address, { method: 'POST', headers: { 'Content-Type': 'application/json' } }, (response) => response.resume());
  call.on('error', () => undefined);
  call.setTimeout(5000, () => call.destroy());
  call.end(JSON.stringify(job));
}
