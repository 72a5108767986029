import type { Bridge } from '../fixtures/Bridge.ts';
import { openSession, ProtocolClient } from '../fixtures/ProtocolClient.ts';
import { killMediaWorker } from '../fixtures/processFamily.ts';
import { people, signedOut } from './setting.ts';
import { dialled, ended, type Numbers } from './ways.ts';

type Upheaval = (bridge: Bridge, numbers: Numbers) => Promise<string[]>;

/** What ends, or may end, more calls than one: each has its own time. With how the calls end, in their order. */
export const upheavals: Readonly<Record<string, readonly [expected: readonly string[], upheaval: Upheaval]>> = {
  'a media worker is killed, half of the calls hung up, and nobody comes back for the others': [
    ['answered mediaLost', 'answered mediaLost', 'answered', 'answered'],
    async (bridge, numbers) => {
      const [person] = people;
      if (!person) throw new Error('there is nobody');
      const client = await ProtocolClient.signIn(bridge.url, person);
      const calls = await Promise.all([1, 2, 3, 4].map(() => dialled({ client }, numbers.answers, 'established')));
      await killMediaWorker(bridge.pid);
      for (const callId of calls.slice(2)) await client.request('call:hangUp', { callId });
      const ends = await Promise.all(calls.map((callId) => ended(client, callId)));
      client.close();
      return ends;
    },
  ],
  'the person signs out everywhere': [
    ['disconnected', 'disconnected'],
    async (bridge, numbers) => {
      const session = await openSession(bridge.url, signedOut);
      const clients = await Promise.all([1, 2].map(() => ProtocolClient.join(session)));
      await Promise.all(clients.map((client) => dialled({ client }, numbers.answers, 'established')));
      const gone = clients.map(
        ({ socket }) => new Promise<void>((resolve) => socket.once('disconnect', () => resolve())),
      );
      const response = await fetch(new URL('/api/v1/session/sign-out-everywhere', bridge.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${session.accessToken}`, origin: new URL(bridge.url).origin },
      });
      if (!response.ok) throw new Error(`not signed out: ${response.status} ${await response.text()}`);
      await Promise.all(gone);
      return clients.map(({ socket }) => (socket.connected ? 'connected' : 'disconnected'));
    },
  ],
};
