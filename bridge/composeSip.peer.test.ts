import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPair } from './composeSip.ts';
import { Authority, HAS_OPENSSL } from './sip-stack/transport/testing/Authority.ts';

describe.skipIf(!HAS_OPENSSL)('sip.tls', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sip-tls-'));
    const authority = await Authority.create();
    for (const name of ['one', 'two']) {
      const { certificate, privateKey } = await authority.issue({ names: `DNS:${name}.example` });
      await writeFile(at(`${name}.pem`), certificate);
      await writeFile(at(`${name}.key`), privateKey);
    }
    await authority.close();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('reads a certificate and its key', async () => {
    const pair = await readPair({ certFile: at('one.pem'), keyFile: at('one.key') });
    expect(pair.certificate).toContain('BEGIN CERTIFICATE');
    expect(pair.privateKey).toContain('PRIVATE KEY');
  });

  test.each([
    ['gone.pem', 'one.key', /^sip\.tls\.certFile: the file .*gone\.pem does not exist$/],
    ['one.pem', '', /^sip\.tls\.keyFile: the file .* can’t be read \(EISDIR\)$/],
    ['one.pem', 'two.key', /^sip\.tls: the private key is not that of the certificate$/],
    ['one.key', 'one.key', /^sip\.tls: the certificate is no PEM text with a certificate in it$/],
    ['one.pem', 'one.pem', /^sip\.tls: the private key is no PEM text with a private key in it/],
  ])('says in a sentence that %s and %s can’t be used', async (certFile, keyFile, sentence) => {
    await expect(readPair({ certFile: at(certFile), keyFile: at(keyFile) })).rejects.toThrow(sentence);
  });
});
