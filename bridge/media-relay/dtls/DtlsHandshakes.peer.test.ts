import { afterEach, describe, expect, it, vi } from 'vitest';
import { type DtlsAssociation, DtlsHandshakes } from './DtlsHandshakes.ts';
import type { DtlsKeys, Fingerprint } from './dtlsMessages.ts';

const warnings: unknown[] = [];
const two: DtlsHandshakes[] = [];

function handshakes(): DtlsHandshakes {
  const made = new DtlsHandshakes({ logger: { warn: (fields) => warnings.push(fields) } });
  two.push(made);
  return made;
}

/** Two sides with a certificate each, whose packets go straight to each other. */
async function meet(change: (fingerprint: Fingerprint) => Fingerprint = (fingerprint) => fingerprint) {
  const [one, other] = [handshakes(), handshakes()];
  const [ofOne, ofOther] = await Promise.all([one.fingerprint(), other.fingerprint()]);
  const keys: { server?: DtlsKeys; client?: DtlsKeys } = {};
  const sides: { server?: DtlsAssociation; client?: DtlsAssociation } = {};
  sides.server = one.open(
    { role: 'server', remote: change(ofOther) },
    {
      onSend: (packet) => sides.client?.receive(packet),
      onKeys: (found) => {
        keys.server = found;
      },
    },
  );
  sides.client = other.open(
    { role: 'client', remote: ofOne },
    {
      onSend: (packet) => sides.server?.receive(packet),
      onKeys: (found) => {
        keys.client = found;
      },
    },
  );
  return { keys, ofOne, ofOther };
}

describe('DTLS between two sides', { timeout: 20_000 }, () => {
  afterEach(async () => {
    await Promise.all(two.splice(0).map((one) => one.close()));
    warnings.splice(0);
  });

  it('gives each what the other sends with', async () => {
    const { keys, ofOne, ofOther } = await meet();
    await vi.waitFor(() => expect(keys.server && keys.client).toBeDefined(), 10_000);
    expect(keys.server?.sending).toEqual(keys.client?.receiving);
    expect(keys.server?.receiving).toEqual(keys.client?.sending);
    expect(keys.server?.sending).not.toEqual(keys.server?.receiving);
    expect(keys.server?.sending).toMatchObject({ suite: 'AES_CM_128_HMAC_SHA1_80', mkiLength: 0 });
    expect(ofOne).not.toEqual(ofOther);
  });

  it('gives no keys for another certificate than the one that was told of', async () => {
    const { keys } = await meet(({ algorithm, value }) => ({
      algorithm,
      value: value.replace(/^../, value.startsWith('00') ? '11' : '00'),
    }));
    await vi.waitFor(() => expect(warnings).not.toEqual([]), 10_000);
    expect(keys.server).toBeUndefined();
    expect(JSON.stringify(warnings)).toContain('mismatch');
  });
});
