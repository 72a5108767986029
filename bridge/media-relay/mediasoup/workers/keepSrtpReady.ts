import type { types } from 'mediasoup';

/** Of no secret: nothing is ever sent or received with it. 16 bytes of key and 14 of salt (RFC 3711 section 8.2). */
const key = Buffer.alloc(30).toString('base64');

/**
 * Holds one SRTP session of a transport that nobody talks to for as long as the worker runs. Over NSS, as Debian builds
 * it, libsrtp2 starts its cryptography up with the first session and takes it down with the last one, which costs
 * 0.7 ms of CPU between a call's DTLS handshake and its audio whenever no other call is up.
 */
export async function keepSrtpReady(worker: types.Worker, listenInfo: types.TransportListenInfo): Promise<void> {
  const router = await worker.createRouter();
  const transport = await router.createPlainTransport({
    listenInfo,
    rtcpMux: true,
    // It waits for a first packet, which never comes, and so has no timer either.
    comedia: true,
    enableSrtp: true,
    srtpCryptoSuite: 'AES_CM_128_HMAC_SHA1_80',
  });
  await transport.connect({ srtpParameters: { cryptoSuite: 'AES_CM_128_HMAC_SHA1_80', keyBase64: key } });
}
