import { createHmac } from 'node:crypto';

/**
 * The value of `Dialbridge-Signature`: `t=<unix seconds>,v1=<hex>`, with a `v1` for each secret that counts at the moment. Signed is
 * the time, a dot and the body (HMAC with SHA-256, RFC 2104), so that who repeats an old request can't give it a new time.
 */
export function signEvent(body: string, { secrets, nowMs }: { secrets: readonly string[]; nowMs: number }): string {
  const seconds = Math.floor(nowMs / 1000);
  const signatures = secrets.map((secret) => createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
  return [`t=${seconds}`, ...signatures.map((signature) => `v1=${signature}`)].join(',');
}
