/** Entry of the thread that does DTLS handshakes, apart from signalling and audio: each is some milliseconds of arithmetic. */
import { parentPort } from 'node:worker_threads';
import { RTCDtlsTransport } from 'werift';
import type { DtlsCommand, DtlsReport } from './dtlsMessages.ts';
import { Handshake } from './handshake.ts';

const port = parentPort;
if (port === null) throw new Error('dtlsThread runs in a worker thread only');

const report = (message: DtlsReport): void => port.postMessage(message);
const handshakes = new Map<number, Handshake>();
const certificate = await RTCDtlsTransport.SetupCertificate();
const [fingerprint] = certificate.getFingerprints();
if (fingerprint === undefined) throw new Error('the certificate has no fingerprint');

function open({ id, terms }: Extract<DtlsCommand, { type: 'open' }>): void {
  const send = (packet: Buffer): void => report({ type: 'send', id, packet: Uint8Array.from(packet) });
  const handshake = new Handshake({ certificate, send }, terms);
  handshakes.set(id, handshake);
  handshake.run().then(
    (keys) => report({ type: 'keys', id, keys }),
    (error: unknown) => report({ type: 'failed', id, message: String(error) }),
  );
}

port.on('message', (command: DtlsCommand) => {
  switch (command.type) {
    case 'open':
      open(command);
      return;
    case 'packet':
      handshakes.get(command.id)?.receive(Buffer.from(command.packet));
      return;
    case 'close':
      handshakes.get(command.id)?.close();
      handshakes.delete(command.id);
      return;
    default:
      command satisfies never;
  }
});
report({ type: 'ready', fingerprint: { algorithm: fingerprint.algorithm, value: fingerprint.value } });
