import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  brandSeedSchema,
  embedKeySeedSchema,
  gatewaySeedSchema,
  groupSeedSchema,
  numberSeedSchema,
  rateSeedSchema,
  routeSeedSchema,
  ruleSeedSchema,
} from '../../shared/admin/index.ts';
import { signingKeySeedSchema, userSeedSchema } from '../front-end-server/index.ts';
import { listConfigKeys, loadConfig } from './index.ts';
import { renderKeyTable } from './renderKeyTable.ts';

const text = await readFile(new URL('../../docs/CONFIGURATION.md', import.meta.url), 'utf8');

describe('docs/CONFIGURATION.md', () => {
  it('documents every key with its meaning and variable, as generated from the schema', () => {
    const keys = listConfigKeys();
    expect(keys.length).toBeGreaterThan(40);
    expect(keys.filter(({ description }) => description === '')).toEqual([]);
    expect(new Set(keys.map(({ environmentName }) => environmentName)).size).toBe(keys.length);
    expect(text).toContain(renderKeyTable());
  });

  it.each([
    ['user', userSeedSchema],
    ['group', groupSeedSchema],
    ['embed key', embedKeySeedSchema],
    ['signing key', signingKeySeedSchema],
    ['gateway', gatewaySeedSchema],
    ['route', routeSeedSchema],
    ['number', numberSeedSchema],
    ['rule', ruleSeedSchema],
    ['rate', rateSeedSchema],
    ['brand', brandSeedSchema],
  ])('documents every key of a seeded %s', (_, schema) => {
    const documented = [...text.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
    for (const name of Object.keys(schema.shape)) expect(documented).toContain(name);
  });

  it('has a complete example that is valid', async () => {
    const example = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    const readExample = async (path: string) => (path === '/etc/dialbridge.json' ? example : 'the secret\n');
    const { config } = await loadConfig({
      env: { DIALBRIDGE_CONFIG: '/etc/dialbridge.json' },
      cwd: '/',
      readFile: readExample,
    });
    expect(config.seed.gateways[0]?.credentials).toEqual({ userName: 'trunk-17', password: 'the secret' });
    expect(config.seed.users[0]?.password).toBe('the secret');
    expect(config.demoGateway).toBe(false);
  });
});
