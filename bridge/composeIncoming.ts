import { randomUUID } from 'node:crypto';
import { groupSchema, type NumberEntry } from '../shared/admin/index.ts';
import { Closers } from './Closers.ts';
import { ZoneClocks } from './calendar/index.ts';
import type { CallLogger } from './call-server/call-logger/index.ts';
import {
  Availabilities,
  Callees,
  IncomingCalls,
  type IncomingCallsDeps,
  keptAvailabilitySchema,
  NumberBook,
} from './call-server/incoming/index.ts';
import { ConnectedDevices, type DialogKeeper } from './call-server/index.ts';
import type { Config } from './config/index.ts';
import type { Users } from './front-end-server/index.ts';
import type { Clock, Logger } from './observability/index.ts';
import { type AddressOfRecord, type ProxyServer, Registrations } from './proxy-server/index.ts';
import type { Collection, Storage } from './storage/index.ts';

interface IncomingDeps extends Pick<IncomingCallsDeps, 'sip' | 'relay' | 'authorizer' | 'limits' | 'watchers'> {
  readonly dialogs: DialogKeeper;
  readonly config: Pick<Config, 'calls' | 'callServer'>;
  readonly storage: Pick<Storage, 'openCollection' | 'openTransientCollection' | 'activeCalls' | 'addressBooks'>;
  readonly numbers: Collection<NumberEntry>;
  readonly users: Users;
  readonly proxyServer: ProxyServer;
  readonly log: CallLogger;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What rings people: who is where, whom a number means, and the calls that come in. Closing refuses what rings. */
export async function composeIncoming(deps: IncomingDeps) {
  const { config, storage, numbers, users, clock, logger } = deps;
  const closers = new Closers();
  const callServerId = config.callServer.id;
  const { dtmfToneMs, dtmfGapMs, ...calls } = config.calls;
  const devices = new ConnectedDevices();
  const registrations = closers.add(
    await Registrations.create(
      { addresses: storage.openTransientCollection<AddressOfRecord>('registrations'), clock, logger },
      { callServerId, reconnectWindowMs: calls.reconnectWindowMs },
    ),
  );
  const availabilities = new Availabilities({
    availabilities: await storage.openCollection('availability', keptAvailabilitySchema),
  });
  const book = closers.add(await NumberBook.create({ numbers, clocks: new ZoneClocks(), clock, logger }));
  const callees = new Callees({ users, groups: await storage.openCollection('groups', groupSchema) });
  const incoming = closers.add(
    new IncomingCalls(
      {
        ...deps,
        ...{ callServerId, devices, registrations, availabilities, book, callees },
        activeCalls: storage.activeCalls,
        addressBooks: storage.addressBooks,
        newId: randomUUID,
      },
      { callServerId, ...calls, dtmf: { durationMs: dtmfToneMs, gapMs: dtmfGapMs } },
    ),
  );
  return { incoming, devices, registrations, availabilities, book, close: () => closers.closeAll() };
}
