import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { FakeClock } from '../../../observability/FakeClock.ts';
import type { Logger } from '../../../observability/index.ts';
import { createResponse, type SipRequest, serializeMessage } from '../../message/index.ts';
import type { OutgoingInvite, SipCall, SipPeer, SipTransport } from '../../port/index.ts';
import { RawPeer } from '../../transport/testing/RawPeer.ts';
import { createJsSipStack } from '../createJsSipStack.ts';
import type { JsSipStack } from '../JsSipStack.ts';

const LOGGER: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => LOGGER };

export const OFFER =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n';
export const ANSWER = OFFER.replace('4000', '5000');

export interface Bench {
  readonly stack: JsSipStack;
  readonly clock: FakeClock;
  readonly peer: RawPeer;
  readonly gateway: SipPeer;
  /** Port of the stack for the transport of the gateway. */
  readonly port: number;
  dial(more?: Partial<OutgoingInvite>): Dialled;
  close(): Promise<void>;
}

export interface Dialled {
  readonly call: SipCall;
  /** Events in order, as `name` or `name value`. */
  readonly events: string[];
  /** Resolves once the event was seen. */
  saw(event: string): Promise<void>;
}

/** A gateway at one place. */
export function peerAt({ host, port, transport }: { host: string; port: number; transport: SipTransport }): SipPeer {
  const name = host.includes(':') ? `[${host}]` : host;
  return { id: 'gw1', addresses: [{ host, port, transport }], domain: port === 5060 ? name : `${name}:${port}` };
}

/** A stack on loopback with its time in the test's hand, and one gateway of bare sockets. */
export async function makeStack(
  transport: Exclude<SipTransport, 'tls'> = 'udp',
  options: { host?: string; gatewayHost?: string; gateway?: Partial<SipPeer>; strangers?: 'drop' | 'refuse' } = {},
): Promise<Bench> {
  const host = options.host ?? '127.0.0.1';
  const clock = new FakeClock();
  const stack = await createJsSipStack(
    { clock, logger: LOGGER, randomBytes, lookup },
    {
      listen: [
        { transport: 'udp', host, port: 0 },
        { transport: 'tcp', host, port: 0 },
      ],
      userAgent: 'Dialbridge',
      ...(options.strangers !== undefined && { strangers: options.strangers }),
    },
  );
  const peer = await RawPeer[transport](host);
  const gateway: SipPeer = {
    ...peerAt({ host: options.gatewayHost ?? host, port: peer.port, transport }),
    ...options.gateway,
  };
  return {
    stack,
    clock,
    peer,
    gateway,
    port: stack.listeners.find((listener) => listener.transport === transport)?.port ?? 0,
    dial: (more = {}) => dial(stack, gateway, more),
    close: async () => {
      const closing = stack.close();
      clock.advance(1000);
      await closing;
      await peer.close();
    },
  };
}

function dial(stack: JsSipStack, gateway: SipPeer, more: Partial<OutgoingInvite>): Dialled {
  const call = stack.invite({
    callId: 'call-1',
    peer: gateway,
    calledNumber: '+12025550100',
    from: { user: '+12025550199', displayName: 'Alice' },
    offer: OFFER,
    onRemoteOffer: async () => ANSWER,
    ...more,
  });
  const events: string[] = [];
  let wake: (() => void)[] = [];
  const note = (text: string): void => {
    events.push(text);
    for (const waiter of wake) waiter();
    wake = [];
  };
  call.on('sent', () => note('sent'));
  call.on('trying', () => note('trying'));
  call.on('progress', ({ status, sdp }) => note(`progress ${status}${sdp === null ? '' : ' sdp'}`));
  call.on('answered', ({ sdp }) => note(sdp === ANSWER ? 'answered' : `answered with ${sdp}`));
  call.on('failed', (failure) => note(`failed ${JSON.stringify(failure)}`));
  call.on('ended', (end) => note(`ended ${JSON.stringify(end)}`));
  return {
    call,
    events,
    async saw(event) {
      while (!events.some((text) => text.startsWith(event))) {
        await new Promise<void>((resolve) => {
          wake.push(resolve);
        });
      }
    },
  };
}

export interface Answering {
  readonly status: number;
  readonly toTag?: string;
  readonly sdp?: string | null;
  readonly headers?: [string, string][];
  readonly contact?: string | null;
}

/** A response as a gateway would write it, with Contact and SDP where they belong. */
export function answer(peer: RawPeer, request: SipRequest, what: Answering): string {
  const { status, toTag = 'far', sdp = null, headers = [], contact = `<sip:gw@127.0.0.1:${peer.port}>` } = what;
  const isDialog = status > 100 && status < 300 && contact !== null;
  return serializeMessage(
    createResponse(request, {
      status,
      toTag,
      headers: [...(isDialog ? [['Contact', contact] as [string, string]] : []), ...headers],
      ...(sdp === null ? {} : { body: { type: 'application/sdp', text: sdp } }),
    }),
  );
}
