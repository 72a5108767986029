import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './index.ts';

type Files = Readonly<Record<string, string>>;

function load(written: unknown, env: Record<string, string> = {}, files: Files = {}) {
  const all: Files = {
    ...(written === undefined ? {} : { '/bridge/dialbridge.config.json': JSON.stringify(written) }),
    ...files,
  };
  const readFile = async (path: string): Promise<string> => {
    const text = all[path];
    if (text === undefined) throw Object.assign(new Error(`no such file ${path}`), { code: 'ENOENT' });
    return text;
  };
  return loadConfig({ env, cwd: '/bridge', readFile });
}

async function problemsOf(loading: Promise<unknown>): Promise<readonly string[]> {
  const error = await loading.then(
    () => expect.unreachable('the configuration was accepted'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConfigError)) throw error;
  return error.problems.map(({ key, message }) => `${key}: ${message}`);
}

describe('loadConfig', () => {
  it('starts without a file on defaults, with the demo gateway', async () => {
    const { config, path } = await load(undefined);
    expect(path).toBeNull();
    expect(config).toMatchObject({
      dataDir: '/bridge/data',
      http: { host: '127.0.0.1', port: 8080, publicUrl: null, trustProxy: false },
      media: { listenAddress: '127.0.0.1', portRange: [40000, 49999], browserPort: 0, workers: null },
      calls: { ringTimeoutMs: 60_000, firstResponseTimeoutMs: 1500, reconnectWindowMs: 30_000 },
      probes: { intervalMs: 30_000, failuresUntilDown: 2, successesUntilUp: 2 },
      brand: { name: 'Dialbridge', defaultCountry: 'US', language: 'en' },
      demoGateway: true,
      seed: { users: [], gateways: [], rules: [] },
    });
  });

  it('takes the example of the design as it is', async () => {
    const { config } = await load({
      dataDir: './data',
      http: { host: '127.0.0.1', port: 8080 },
      sip: {
        listen: [
          { transport: 'udp', host: '127.0.0.1', port: 5070 },
          { transport: 'tcp', host: '127.0.0.1', port: 5070 },
        ],
      },
      media: { listenAddress: '127.0.0.1', announcedAddress: null, portRange: [40000, 49999], workers: 1 },
      demoGateway: false,
      seed: {
        users: [{ userName: 'alice', password: 'a long password', displayName: 'Alice', role: 'user' }],
        gateways: [
          {
            id: 'gw1',
            host: '127.0.0.1',
            port: 5080,
            transport: 'udp',
            codecs: ['PCMU'],
            prefixes: ['+'],
            priority: 1,
            credentials: { userName: 'trunk', password: 'secret' },
          },
        ],
        rules: [{ id: 'us', action: 'allow', to: { prefix: '+1' } }],
      },
    });
    expect(config.demoGateway).toBe(false);
    expect(config.seed.gateways[0]).toMatchObject({ id: 'gw1', credentials: { password: 'secret' } });
    expect(config.media.workers).toBe(1);
  });

  it('reads the file that DIALBRIDGE_CONFIG names, and sees paths from that folder', async () => {
    const { config, path } = await load(
      undefined,
      { DIALBRIDGE_CONFIG: 'etc/phone.json' },
      {
        '/bridge/etc/phone.json': JSON.stringify({ http: { tls: { certFile: 'a.pem', keyFile: '/keys/b.pem' } } }),
      },
    );
    expect(path).toBe('/bridge/etc/phone.json');
    expect(config.dataDir).toBe('/bridge/etc/data');
    expect(config.http.tls).toEqual({ certFile: '/bridge/etc/a.pem', keyFile: '/keys/b.pem' });
  });

  it('refuses to start when the named file is missing or no JSON', async () => {
    expect(await problemsOf(load(undefined, { DIALBRIDGE_CONFIG: 'gone.json' }))).toEqual([
      ': expected a readable file: no such file /bridge/gone.json',
    ]);
    const broken = load(undefined, {}, { '/bridge/dialbridge.config.json': '{ "http": ' });
    expect((await problemsOf(broken))[0]).toContain('expected JSON: ');
    const list = load([]);
    expect(await problemsOf(list)).toEqual([': expected a JSON object']);
  });

  it('passes over the byte order mark that some editors write', async () => {
    const marked = `\ufeff${JSON.stringify({ http: { port: 9090 } })}`;
    const { config } = await load(undefined, {}, { '/bridge/dialbridge.config.json': marked });
    expect(config.http.port).toBe(9090);
  });

  it('lets environment variables override any key', async () => {
    const { config, warnings } = await load(
      { http: { port: 1, host: '127.0.0.2' }, media: { announcedAddress: '192.0.2.1', workers: 3 } },
      {
        DIALBRIDGE_HTTP_PORT: '9090',
        DIALBRIDGE_HTTP_TRUST_PROXY: 'true',
        DIALBRIDGE_HTTP_TLS_CERT_FILE: 'cert.pem',
        DIALBRIDGE_HTTP_TLS_KEY_FILE: 'key.pem',
        DIALBRIDGE_MEDIA_ANNOUNCED_ADDRESS: 'null',
        DIALBRIDGE_MEDIA_PORT_RANGE: '[30000, 30100]',
        DIALBRIDGE_MEDIA_WORKERS: '',
        DIALBRIDGE_SEED_RULES: '[{"id":"all","action":"allow"}]',
        DIALBRIDGE_SEED_USERS_FILE: '/run/users.json',
        DIALBRIDGE_LOG_LEVEL: 'debug',
      },
      { '/run/users.json': '[{"userName":"bob","password":"long enough"}]\n' },
    );
    expect(config.http).toMatchObject({ port: 9090, host: '127.0.0.2', trustProxy: true });
    expect(config.http.tls?.certFile).toBe('/bridge/cert.pem');
    expect(config.media).toMatchObject({ announcedAddress: null, portRange: [30000, 30100], workers: 3 });
    expect(config.seed.rules).toHaveLength(1);
    expect(config.seed.users[0]).toMatchObject({ userName: 'bob', role: 'user' });
    expect(config.log.level).toBe('debug');
    expect(warnings).toEqual([]);
  });

  it('warns of a variable that looks like a setting and is none', async () => {
    const { warnings } = await load(undefined, { DIALBRIDGE_HTTP_PROT: '1', PATH: '/bin' });
    expect(warnings).toEqual([
      'The environment variable DIALBRIDGE_HTTP_PROT is no setting and was ignored; did you mean DIALBRIDGE_HTTP_PORT?',
    ]);
  });

  it('reads passwords from files', async () => {
    const { config } = await load(
      {
        seed: {
          users: [{ userName: 'alice', passwordFile: 'alice.txt' }],
          gateways: [{ id: 'g', host: 'gw', credentials: { userName: 't', passwordFile: '/run/trunk' } }],
        },
      },
      {},
      { '/bridge/alice.txt': 'correct horse\n', '/run/trunk': 'swordfish\r\n' },
    );
    expect(config.seed.users[0]?.password).toBe('correct horse');
    expect(config.seed.gateways[0]?.credentials?.password).toBe('swordfish');
  });

  it('reads secrets and public keys of signing keys from files, and names what is wrong with keys of the doors', async () => {
    const key = { name: 'CRM', brandId: 'default', issuer: 'https://crm.example' };
    const { config } = await load(
      { seed: { signingKeys: [{ ...key, id: 'crm', algorithm: 'HS256', secretFile: 'crm.secret' }] } },
      {},
      { '/bridge/crm.secret': `${'s'.repeat(32)}\n` },
    );
    expect(config.seed.signingKeys[0]?.secret).toBe('s'.repeat(32));
    const secret = 'short secret';
    const shop = { name: 'Shop', brandId: 'default', destinations: [{ number: '+1' }] };
    const problems = await problemsOf(
      load({
        seed: {
          groups: [{ id: 'a b', name: 'A' }],
          embedKeys: [
            { ...shop, id: 'pk_shop-1', origins: ['https://Shop.example/'] },
            { ...shop, id: 'short', origins: [] },
          ],
          signingKeys: [
            { ...key, id: 'one', algorithm: 'HS256', secret },
            { ...key, id: 'two', algorithm: 'ES256', publicKey: 'none' },
            { ...key, id: 'two', algorithm: 'HS256', secretFile: 'gone' },
          ],
        },
      }),
    );
    expect(problems).toEqual([
      'seed.signingKeys[2].secretFile: expected a readable file: no such file /bridge/gone',
      'seed.groups[0].id: expected letters, digits, dots, dashes and underscores, found "a b"',
      'seed.embedKeys[0].origins[0]: expected an origin in small letters such as https://example.com or https://*.example.com, without a path, found "https://Shop.example/"',
      'seed.embedKeys[1].origins: expected at least 1 entry, found []',
      'seed.embedKeys[1].id: expected at least 8 characters, found "short"',
      'seed.signingKeys[0].secret: expected at least 32 characters',
      'seed.signingKeys[1].publicKey: expected a public key as PEM (-----BEGIN PUBLIC KEY-----) or as JWK in JSON',
      'seed.signingKeys[2].id: expected an id that none of the other signingKeys has, found "two"',
    ]);
    expect(problems.join()).not.toContain(secret);
  });

  it('names every bad key with what was expected and what was found, and never a password', async () => {
    const problems = await problemsOf(
      load(
        {
          htpp: {},
          port: 8080,
          http: { prot: 1, port: 70000, publicUrl: 'phone' },
          media: { portRange: [5, 4], listenAddress: 'localhost', workers: 1.5 },
          log: { level: 'loud' },
          brand: { defaultCountry: 'XX' },
          seed: {
            users: [
              { userName: 'alice', password: 'short' },
              { userName: 'bob', passwordFile: 'gone' },
            ],
            rules: [{ id: 'us', action: 'permit', to: { prefixes: '+1', prefix: 1 } }],
          },
        },
        { DIALBRIDGE_SIP_LISTEN: 'udp', DIALBRIDGE_CALLS_RING_TIMEOUT_MS: 'long' },
      ),
    );
    expect(problems).toEqual(
      expect.arrayContaining([
        'DIALBRIDGE_SIP_LISTEN: expected JSON',
        'calls.ringTimeoutMs: expected a number, found "long" (in DIALBRIDGE_CALLS_RING_TIMEOUT_MS)',
        'htpp: unknown key; did you mean "http"?',
        'port: unknown key; did you mean "http.port"?',
        'http.prot: unknown key; did you mean "http.port"?',
        'http.port: expected at most 65535, found 70000',
        'http.publicUrl: expected a URL such as https://phone.example.com, found "phone"',
        'media.listenAddress: expected an IPv4 or IPv6 address, found "localhost"',
        'media.workers: expected a whole number, found 1.5',
        'log.level: expected "debug" or "info" or "warn" or "error" or "silent", found "loud"',
        'brand.defaultCountry: expected a country that has telephone numbers (ISO 3166-1 alpha-2), found "XX"',
        'seed.users[0].password: expected at least 8 characters',
        'seed.users[1].passwordFile: expected a readable file: no such file /bridge/gone',
        'seed.rules[0].action: expected "allow" or "deny", found "permit"',
        'seed.rules[0].to.prefixes: unknown key; did you mean "seed.rules[0].to.prefix"?',
        'seed.rules[0].to.prefix: expected a text or a list, found 1',
      ]),
    );
    expect(problems).toHaveLength(16);
    expect(problems.join()).not.toContain('short,');
  });

  it('sees what does not fit together', async () => {
    const problems = await problemsOf(
      load({
        sip: {
          listen: [
            { transport: 'udp', host: '0.0.0.0', port: 5060 },
            { transport: 'udp', host: '0.0.0.0', port: 5060 },
            { transport: 'tcp', host: '0.0.0.0', port: 5060 },
            { transport: 'tls', host: '0.0.0.0', port: 5060 },
          ],
        },
        media: { listenAddress: '0.0.0.0', portRange: [40000, 50000], browserPort: 39999, workers: 2 },
        seed: { users: ['A', 'a'].map((userName) => ({ userName, password: 'long enough' })) },
      }),
    );
    expect(problems).toEqual([
      'media.browserPort: expected a port outside media.portRange, found 39999',
      'media.announcedAddress: expected an address to tell others, since listenAddress is 0.0.0.0',
      'sip.announcedHost: expected a host to tell gateways, since SIP is listened for at every address',
      'sip.tls: expected certFile and keyFile, since SIP is listened for by TLS',
      'sip.listen[1]: expected each transport, host and port once',
      'sip.listen[3]: expected each transport, host and port once',
      'seed.users[1].userName: expected a user name that no other user has (case does not matter), found "a"',
    ]);
  });

  it('takes DNS servers by address, with or without a port', async () => {
    const { config } = await load({
      sip: { dnsServers: ['192.0.2.1', '192.0.2.1:5353', '2001:db8::1', '[2001:db8::1]:53'] },
    });
    expect(config.sip.dnsServers).toHaveLength(4);
    const wrong = [
      'dns.example',
      '192.0.2.1:',
      '192.0.2.1:0',
      '192.0.2.1:65536',
      '2001:db8::1:x',
      '[192.0.2.1]:53',
      '[::1]',
    ];
    expect(await problemsOf(load({ sip: { dnsServers: wrong } }))).toHaveLength(wrong.length);
  });

  it('asks for a port range that has room for a call', async () => {
    expect(await problemsOf(load({ media: { portRange: [40000, 40000] } }))).toEqual([
      'media.portRange: expected at least two ports: a call uses two',
    ]);
  });

  it('gives browsers a fixed port once other machines can come', async () => {
    const { config } = await load({ media: { listenAddress: '192.0.2.7' } });
    expect(config.media.browserPort).toBe(21000);
  });
});
