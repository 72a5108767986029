import type { z } from 'zod';

/** The parts of the configuration that must fit each other. */
interface Checked {
  readonly sip: {
    readonly listen: readonly { readonly transport: string; readonly host: string; readonly port: number }[];
    readonly announcedHost: string | null;
    readonly tls?: unknown;
  };
  readonly media: {
    readonly listenAddress: string;
    readonly announcedAddress: string | null;
    readonly extraListenAddresses: readonly {
      readonly listenAddress: string;
      readonly announcedAddress: string | null;
    }[];
    readonly portRange: readonly [number, number];
    readonly browserPort: number | null;
    readonly workers: number | null;
  };
  readonly seed: {
    readonly users: readonly { readonly userName: string }[];
    readonly gateways: readonly { readonly id: string }[];
    readonly routes: readonly { readonly id: string }[];
    readonly numbers: readonly { readonly id: string }[];
    readonly rules: readonly { readonly id: string }[];
    readonly rates: readonly { readonly id: string }[];
    readonly groups: readonly { readonly id: string }[];
    readonly embedKeys: readonly { readonly id: string }[];
    readonly signingKeys: readonly { readonly id: string }[];
    readonly brands: readonly CheckedBrand[];
  };
  readonly brand: CheckedBrand;
}

interface CheckedBrand {
  readonly id: string;
  readonly hostNames: readonly string[];
}

type Path = readonly (string | number)[];
type Report = (path: Path, message: string) => void;

/** What one key alone can't show to be wrong. */
export function crossCheck(config: Checked, context: z.RefinementCtx<Checked>): void {
  const report: Report = (path, message) => context.addIssue({ code: 'custom', path: [...path], message });
  checkMedia(config.media, report);
  checkSip(config.sip, report);
  checkUnique(
    config.seed.users.map(({ userName }) => userName.toLowerCase()),
    (index) =>
      report(
        ['seed', 'users', index, 'userName'],
        'expected a user name that no other user has (case does not matter)',
      ),
  );
  checkBrands(config, report);
  for (const kind of [
    'gateways',
    'routes',
    'numbers',
    'rules',
    'rates',
    'brands',
    'groups',
    'embedKeys',
    'signingKeys',
  ] as const) {
    checkUnique(
      config.seed[kind].map(({ id }) => id),
      (index) => report(['seed', kind, index, 'id'], `expected an id that none of the other ${kind} has`),
    );
  }
}

function checkBrands({ brand, seed }: Checked, report: Report): void {
  if (seed.brands.some(({ id }) => id === brand.id)) {
    report(['brand', 'id'], 'expected an id that none of seed.brands has');
  }
  const places = [brand, ...seed.brands].flatMap(({ hostNames }, index) =>
    hostNames.map((hostName, at) => ({
      hostName,
      path: [...(index === 0 ? ['brand'] : ['seed', 'brands', index - 1]), 'hostNames', at],
    })),
  );
  checkUnique(
    places.map(({ hostName }) => hostName),
    (index) => report(places[index]?.path ?? [], 'expected each host name once, among all brands'),
  );
}

function checkMedia(media: Checked['media'], report: Report): void {
  const [first, last] = media.portRange;
  if (first > last) report(['media', 'portRange'], 'expected the first port to be no greater than the last');
  if (first === last) report(['media', 'portRange'], 'expected at least two ports: a call uses two');
  const browserPort = media.browserPort ?? 0;
  const lastBrowserPort = browserPort + (media.workers ?? 1) - 1;
  if (browserPort > 0 && browserPort <= last && lastBrowserPort >= first) {
    report(['media', 'browserPort'], 'expected a port outside media.portRange');
  }
  if (lastBrowserPort > 65535) report(['media', 'browserPort'], 'expected room for one port per worker up to 65535');
  checkAnnounced(['media'], media, report);
  for (const [index, address] of media.extraListenAddresses.entries()) {
    checkAnnounced(['media', 'extraListenAddresses', index], address, report);
  }
}

function checkAnnounced(
  path: Path,
  address: { readonly listenAddress: string; readonly announcedAddress: string | null },
  report: Report,
): void {
  if (isUnspecified(address.listenAddress) && address.announcedAddress === null) {
    report(
      [...path, 'announcedAddress'],
      `expected an address to tell others, since listenAddress is ${address.listenAddress}`,
    );
  }
}

function checkSip(sip: Checked['sip'], report: Report): void {
  if (sip.announcedHost === null && sip.listen.some(({ host }) => isUnspecified(host))) {
    report(['sip', 'announcedHost'], 'expected a host to tell gateways, since SIP is listened for at every address');
  }
  if (sip.tls === undefined && sip.listen.some(({ transport }) => transport === 'tls')) {
    report(['sip', 'tls'], 'expected certFile and keyFile, since SIP is listened for by TLS');
  }
  checkUnique(
    sip.listen.map(({ transport, host, port }, index) =>
      // TLS takes a TCP port.
      port === 0 ? `any ${index}` : `${transport === 'udp' ? 'udp' : 'tcp'} ${host} ${port}`,
    ),
    (index) => report(['sip', 'listen', index], 'expected each transport, host and port once'),
  );
}

function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

function checkUnique(values: readonly string[], onRepeated: (index: number) => void): void {
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    if (seen.has(value)) onRepeated(index);
    seen.add(value);
  }
}
