import { parseBrowserOffer } from '../../sdp/index.ts';
import { BrowserConnection } from '../browser/BrowserConnection.ts';
import type { MediaWorkers } from './MediaWorkers.ts';

/** An offer as a browser writes it, of a connection that nobody makes. */
const sampleOffer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 9 0 8',
  'c=IN IP4 0.0.0.0',
  'a=rtcp-mux',
  'a=ice-ufrag:warm',
  'a=ice-pwd:warmwarmwarmwarmwarmwarm',
  `a=fingerprint:sha-256 ${new Array(32).fill('00').join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sendrecv',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=ssrc:1 cname:warm',
  '',
].join('\r\n');

/**
 * Takes the way of a call's first steps once, so that each worker is known to work and the first caller doesn't wait
 * for code to be compiled.
 */
export async function warmUp(workers: MediaWorkers): Promise<void> {
  const offer = parseBrowserOffer(sampleOffer);
  await Promise.all(
    workers.alive().map(async (worker) => {
      const leg = { loopbackPort: 9, mediasoupSsrc: 1, cname: 'warm' };
      const side = await BrowserConnection.open(worker, { offer, codecs: offer.codecs, leg });
      await side.switchCodec('PCMU');
      await side.stats();
      side.close();
    }),
  );
}
