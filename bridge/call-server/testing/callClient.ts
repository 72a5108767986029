import type { DeviceId, UserId } from '../../../shared/domain/index.ts';
import { type Brand, brandSchema } from '../../../shared/protocol/index.ts';
import type { CallClient } from '../CallServer.ts';

export const brand: Brand = brandSchema.parse({ id: 'b1', name: 'Brand', defaultCountry: 'US', language: 'en' });

/** Somebody with an account, for tests. */
export function callClient(userName: string, change: Partial<CallClient> = {}): CallClient {
  return {
    user: { id: userName as UserId, userName, displayName: userName, role: 'user' },
    brand,
    deviceId: 'd1' as DeviceId,
    clientName: 'test',
    deviceName: 'Test on Test',
    entry: { kind: 'account' },
    familyId: 'f1',
    issuedAtMs: 1,
    address: '127.0.0.1',
    origin: null,
    ...change,
  };
}
