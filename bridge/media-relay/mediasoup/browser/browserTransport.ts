import type { types } from 'mediasoup';
import type { BrowserOffer } from '../../sdp/index.ts';

export function connectBrowser(transport: types.WebRtcTransport, offer: BrowserOffer): Promise<void> {
  return transport.connect({
    dtlsParameters: {
      // RFC 5763 section 5: the active side is the DTLS client; only a browser that insists on passive isn't it.
      role: offer.setup === 'passive' ? 'server' : 'client',
      fingerprints: [offer.fingerprint],
    },
  });
}

export function fingerprintOf({ dtlsParameters }: types.WebRtcTransport): { algorithm: string; value: string } {
  const { fingerprints } = dtlsParameters;
  const found = fingerprints.find(({ algorithm }) => algorithm === 'sha-256') ?? fingerprints[0];
  return found ?? { algorithm: 'sha-256', value: '' };
}
