/**
 * The boundaries between folders (see the layout in docs/ARCHITECTURE.md). Paths are relative to the root of the
 * repository, with `/`; a folder's name ends with one.
 */

/** A package (or a part of Node) that one folder keeps to itself, so that it can be replaced there. */
export const packageHomes = {
  jssip: ['bridge/sip-stack/jssip/'],
  mediasoup: ['bridge/media-relay/mediasoup/'],
  lowdb: ['bridge/storage/lowdb/'],
  'node:sqlite': ['bridge/storage/sqlite/'],
  'socket.io': ['bridge/client-gateway/'],
  'socket.io-client': ['client/calling/'],
  express: ['bridge/admin-api/'],
};

/** The same for tests, which may also play the other side. Added to the above for test code. */
export const packageHomesInTests = {
  'socket.io-client': ['bridge/client-gateway/'],
  'socket.io': ['client/calling/'],
};

/** What a top folder may import: of the other top folders, and of packages where that is restricted. */
export const topFolders = {
  'shared/': { mayImport: [], packages: ['zod'], packagesInTests: ['vitest', 'fast-check'] },
  'bridge/': { mayImport: ['shared/'] },
  'client/': { mayImport: ['shared/'] },
};

/** Folders of which the subfolders don't know each other. */
export const strangers = ['client/features/'];

/** Rooms inside a room of the bridge: to be entered through their own index.ts, too. */
export const innerRooms = [
  'bridge/call-server/call-director/',
  'bridge/call-server/call-handler/',
  'bridge/call-server/call-logger/',
  'bridge/call-server/call-traces/',
  'bridge/call-server/gateway-test/',
  'bridge/call-server/incoming/',
  'bridge/sip-stack/location/',
  'bridge/sip-stack/message/',
  'bridge/sip-stack/peers/',
  'bridge/sip-stack/screening/',
  'bridge/sip-stack/transport/',
];

/** Rooms that may import only from the named rooms of the bridge. */
export const narrowRooms = {
  // It stands in for a gateway, so it must not know the bridge that calls it.
  'bridge/demo-gateway/': ['bridge/sip-stack/message/', 'bridge/sip-stack/transport/', 'bridge/observability/'],
};

/** Code that only tests run: the tests themselves and what they share. */
export const testCode = /\.test\.tsx?$|\/testing\//;

/**
 * Stand-ins that a room keeps for tests, its own and those of others. Its index.ts leaves them out, so test code reaches
 * past it, and nothing else may import them.
 */
export const testDouble = /\/(Fake|Recording)[A-Z]\w*\.tsx?$|\/testing\//;

/** Doors that only test code may use, beside a room's index.ts. */
export const testDoors = ['bridge/storage/memory/index.ts'];
