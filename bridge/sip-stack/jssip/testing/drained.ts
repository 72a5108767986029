import { createRequest, serializeMessage } from '../../message/index.ts';
import type { Bench } from './makeStack.ts';

/**
 * Everything that the stack had to say over UDP until now has been heard: it answers an OPTIONS on the same socket, and datagrams
 * between two sockets of loopback arrive in order. The stack must know the gateway.
 */
export async function drained({ peer, port }: Bench): Promise<void> {
  const callId = `drained-${peer.heard.length}`;
  const options = createRequest({
    ...{ method: 'OPTIONS', uri: 'sip:us@127.0.0.1', callId, cseq: 1 },
    ...{ from: '<sip:gw@127.0.0.1>;tag=1', to: '<sip:us@127.0.0.1>' },
  });
  options.headers.prepend('Via', `SIP/2.0/UDP 127.0.0.1:${peer.port};branch=z9hG4bK${callId};rport`);
  peer.sendUdp(serializeMessage(options), port);
  await peer.until(() => peer.responses().some(({ headers }) => headers.get('Call-ID') === callId));
}
