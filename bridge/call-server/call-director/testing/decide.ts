import { type EmbedKey, embedKeySchema, type Rule, ruleSchema } from '../../../../shared/admin/index.ts';
import type { EmbedKeyId, SigningKeyId, UserId } from '../../../../shared/domain/index.ts';
import type { DialbridgeError } from '../../../../shared/errors/index.ts';
import { FakeClock } from '../../../observability/FakeClock.ts';
import type { CallClient } from '../../CallServer.ts';
import { callClient } from '../../testing/callClient.ts';
import type { Authorization } from '../Authorization.ts';
import { createAuthorizer, type KnownToAuthorizer } from './createAuthorizer.ts';

export const washington = '+12025550123';
export const alice = callClient('alice');
export const visitor = callClient('visitor-1', {
  entry: { kind: 'embedKey', embedKeyId: 'pk_shop' as EmbedKeyId, origin: 'https://shop.example' },
  address: '2001:db8:1:2:3:4:5:6',
  origin: 'https://phone.example',
});

export function rule(fields: object): Rule {
  return ruleSchema.parse({ id: 'r', action: 'allow', ...fields });
}

export function embedKey(fields: object = {}): EmbedKey {
  return embedKeySchema.parse({
    id: 'pk_shop',
    name: 'Shop',
    brandId: 'b1',
    origins: ['https://shop.example', 'https://*.shop.example'],
    destinations: [{ number: washington }, { number: '+4930', isPrefix: true }],
    createdAtMs: 0,
    ...fields,
  });
}

export function hostUser(userName: string, grants: Partial<Extract<CallClient['entry'], { kind: 'hostToken' }>> = {}) {
  return callClient(userName, {
    user: { id: `host:${userName}` as UserId, userName, displayName: userName, role: 'user' },
    entry: {
      kind: 'hostToken',
      signingKeyId: 'k1' as SigningKeyId,
      groups: [],
      destinations: null,
      callerNumbers: null,
      ...grants,
    },
  });
}
/** A Thursday, noon in Berlin. */
export const noon = Date.parse('2026-07-09T10:00:00Z');

type Known = Omit<KnownToAuthorizer, 'clock'> & Partial<Pick<KnownToAuthorizer, 'clock'>>;
interface Asked {
  readonly client?: CallClient;
  readonly destination?: string;
  readonly callerNumber?: string;
}

/** What is decided of a call, at noon: Alice's to Washington, where nothing else is said. */
export async function decide(known: Known, request: Asked = {}): Promise<Authorization & { code?: undefined }> {
  const authorizer = createAuthorizer({ clock: new FakeClock(noon), ...known });
  return authorizer.authorize({ client: alice, destination: washington, ...request });
}

/** Why it is not allowed. */
export async function refusal(known: Known, request?: Asked): Promise<DialbridgeError> {
  return decide(known, request).then(
    () => {
      throw new Error('the call was allowed');
    },
    (error: DialbridgeError) => error,
  );
}
