import { expect, test } from 'vitest';
import { gatewaySchema } from '../../../shared/admin/index.ts';
import { toSipPeer } from './toSipPeer.ts';

const peerOf = (settings: object) => toSipPeer(gatewaySchema.parse({ id: 'gw', host: 'gw.test', ...settings }));

test('a gateway is asked for a session timer where its settings say so, and not otherwise', () => {
  expect(peerOf({ inCall: { sessionExpiresSeconds: 600 } }).sessionExpiresSeconds).toBe(600);
  expect(peerOf({})).not.toHaveProperty('sessionExpiresSeconds');
});
