import { describe, expect, it } from 'vitest';
import { findViolation } from './findViolation.mjs';
import { listImports } from './listImports.mjs';

describe('findViolation', () => {
  it.each([
    ['shared/domain/ids.ts', 'react', 'shared/ imports no package but zod'],
    ['shared/domain/ids.ts', 'node:fs', 'shared/ imports no package but zod'],
    ['shared/domain/ids.ts', '../../bridge/storage/index.ts', "shared/ doesn't import bridge/"],
    ['client/app/App.tsx', '../../bridge/storage/index.ts', "client/ doesn't import bridge/"],
    ['bridge/main.ts', '../client/app/App.tsx', "bridge/ doesn't import client/"],
    ['bridge/call-server/call-handler/CallHandler.ts', 'jssip', 'only bridge/sip-stack/jssip/ imports jssip'],
    ['bridge/sip-stack/port/SipStack.ts', 'jssip/lib/UA.js', 'only bridge/sip-stack/jssip/ imports jssip'],
    ['bridge/media-relay/rtp-leg/RtpLeg.ts', 'mediasoup', 'only bridge/media-relay/mediasoup/ imports mediasoup'],
    ['bridge/media-relay/rtp-leg/RtpLeg.ts', 'mediasoup/types', 'only bridge/media-relay/mediasoup/ imports mediasoup'],
    ['bridge/storage/sqlite/open.ts', 'lowdb', 'only bridge/storage/lowdb/ imports lowdb'],
    ['bridge/storage/lowdb/open.ts', 'node:sqlite', 'only bridge/storage/sqlite/ imports node:sqlite'],
    ['bridge/front-end-server/serve.ts', 'socket.io', 'only bridge/client-gateway/ imports socket.io'],
    ['client/app/App.tsx', 'socket.io-client', 'only client/calling/ imports socket.io-client'],
    ['bridge/client-gateway/connect.ts', 'socket.io-client', 'only client/calling/ imports socket.io-client'],
    ['bridge/front-end-server/serve.ts', 'express', 'only bridge/admin-api/ imports express'],
    [
      'client/features/dialer/DialPad.tsx',
      '../contacts/index.ts',
      "folders in client/features/ don't import each other",
    ],
    ['bridge/compose.ts', './storage/lowdb/open.ts', 'bridge/storage/ is entered through its index.ts'],
    ['bridge/proxy-server/a.ts', '../observability/FakeClock.ts', 'only tests import what stands in for tests'],
    ['bridge/observability/a.ts', './FakeClock.ts', 'only tests import what stands in for tests'],
    ['bridge/sip-stack/jssip/a.ts', './testing/makeStack.ts', 'only tests import what stands in for tests'],
    ['bridge/proxy-server/a.ts', '../storage/memory/index.ts', 'bridge/storage/ is entered through its index.ts'],
    ['bridge/proxy-server/a.test.ts', '../storage/memory/Store.ts', 'bridge/storage/ is entered through its index.ts'],
    ['bridge/main.ts', './config/load.ts', 'bridge/config/ is entered through its index.ts'],
    ['bridge/proxy-server/select.ts', '../storage/ports/X.ts', 'bridge/storage/ is entered through its index.ts'],
    ['bridge/call-server/call-handler/a.ts', '../call-logger/b.ts', 'call-logger/ is entered through its index.ts'],
    ['bridge/sip-stack/jssip/a.ts', '../message/parse.ts', 'bridge/sip-stack/message/ is entered through its index.ts'],
    ['bridge/storage/lowdb/a.ts', '../../compose.ts', 'no room imports what puts the rooms together'],
    ['bridge/demo-gateway/a.ts', '../sip-stack/index.ts', 'bridge/demo-gateway/ imports of the bridge only'],
    ['bridge/demo-gateway/calls/a.ts', '../../config/index.ts', 'bridge/demo-gateway/ imports of the bridge only'],
  ])('judges that %s imports "%s"', (file, specifier, expected) => {
    expect(findViolation(file, specifier)).toContain(expected);
  });

  it.each([
    ['shared/domain/ids.ts', 'zod'],
    ['shared/domain/ids.test.ts', 'vitest'],
    ['shared/protocol/a.ts', '../domain/index.ts'],
    ['client/app/App.tsx', '../../shared/protocol/index.ts'],
    ['client/calling/connect.ts', 'socket.io-client'],
    ['bridge/client-gateway/connect.test.ts', 'socket.io-client'],
    ['bridge/sip-stack/jssip/a.ts', 'jssip'],
    ['bridge/storage/sqlite/a.ts', 'node:sqlite'],
    ['bridge/compose.ts', './storage/index.ts'],
    ['bridge/main.ts', './compose.ts'],
    ['bridge/proxy-server/a.test.ts', '../observability/FakeClock.ts'],
    ['bridge/proxy-server/testing/b.ts', '../../observability/FakeClock.ts'],
    ['bridge/sip-stack/jssip/a.test.ts', '../transport/testing/RawPeer.ts'],
    ['bridge/proxy-server/a.test.ts', '../storage/memory/index.ts'],
    ['bridge/client-gateway/testing/connect.ts', 'socket.io-client'],
    ['bridge/storage/index.ts', './lowdb/open.ts'],
    ['bridge/sip-stack/jssip/a.ts', '../message/index.ts'],
    ['bridge/sip-stack/transport/a.ts', '../port/index.ts'],
    ['bridge/demo-gateway/calls/a.ts', '../media/b.ts'],
    ['bridge/demo-gateway/a.ts', '../sip-stack/message/index.ts'],
    ['bridge/demo-gateway/a.ts', '../../shared/domain/index.ts'],
    ['client/features/dialer/DialPad.tsx', './useDial.ts'],
    ['client/app/App.tsx', '../features/dialer/index.ts'],
  ])('lets %s import "%s"', (file, specifier) => {
    expect(findViolation(file, specifier)).toBeUndefined();
  });
});

describe('listImports', () => {
  it('finds values, types, re-exports, dynamic imports and types written as imports', () => {
    const text = `
      import a from 'one';
      import type { B } from 'two';
      import 'three';
      export * from 'four';
      export type { C } from 'five';
      const d = await import('six');
      type E = import('seven').E;
      export const f = <p title={a}>{d}</p>;
    `;
    expect(listImports('x.tsx', text).sort()).toEqual(['five', 'four', 'one', 'seven', 'six', 'three', 'two']);
  });

  it('refuses a file that it cannot read rather than passing it', () => {
    expect(() => listImports('x.ts', 'import {')).toThrow('x.ts');
  });
});
