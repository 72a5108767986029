/**
 * Says whether a mediasoup worker can do its work: `node smokeTest.mjs WORKER` connects a WebRTC peer written in
 * TypeScript (werift) to it by ICE and DTLS, sends RTP over SRTP and expects it back, unharmed, over SRTP. It does so
 * once for each SRTP profile that the peer knows, since each goes through other code of libsrtp. Exits 0 when all came
 * back; otherwise non-zero with a sentence on standard error.
 *
 * Needs the project's own Node (mediasoup wants 22 or newer) and the installed npm packages.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Longer than any handshake on loopback takes, even while a build keeps every core busy. */
const timeoutMs = 20_000;
const packetCount = 10;
const ssrc = 0x0d1a_1b01;

/** SRTP profile numbers of RFC 5764 section 4.1.2 and RFC 7714 section 14.2. */
const profiles = [
  { name: 'SRTP_AES128_CM_HMAC_SHA1_80', number: 0x0001 },
  { name: 'SRTP_AEAD_AES_128_GCM', number: 0x0007 },
];

const codec = { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 111, clockRate: 48_000, channels: 2 };

const workerBin = process.argv[2];
if (!workerBin) {
  console.error('Usage: node smokeTest.mjs WORKER');
  process.exit(2);
}
// mediasoup reads it when it is loaded, so both come after this.
process.env.MEDIASOUP_WORKER_BIN = workerBin;
const mediasoup = require('mediasoup');
const werift = require('werift');

const worker = await mediasoup.createWorker({ logLevel: 'error' });
const died = once(worker, 'died').then(([error]) => {
  throw new Error(`The worker died: ${error.message}`);
});
const tooLate = new Promise((_, reject) => {
  const timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs / 1000} s`)), timeoutMs);
  timer.unref();
});
died.catch(() => undefined);
tooLate.catch(() => undefined);

let exitCode = 0;
let step = 'start';
for (const profile of profiles) {
  try {
    await Promise.race([exchange(profile), died, tooLate]);
  } catch (error) {
    console.error(`${error.message} (${profile.name}, at: ${step}).`);
    exitCode = 1;
    break;
  }
}
worker.close();
process.exit(exitCode);

/** One transport, one handshake, and packets there and back through a producer and a consumer on that transport. */
async function exchange({ number }) {
  step = 'router';
  const router = await worker.createRouter({ mediaCodecs: [codec] });
  const transport = await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
  const peer = await connectPeer(transport, number);

  step = 'produce and consume';
  const { preferredPayloadType: payloadType, mimeType, clockRate, channels } = codec;
  const producer = await transport.produce({
    kind: 'audio',
    rtpParameters: {
      codecs: [{ mimeType, payloadType, clockRate, channels }],
      encodings: [{ ssrc }],
      rtcp: { cname: 'smoke-test' },
    },
  });
  const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });

  step = 'RTP over SRTP';
  await echo(peer, payloadType, consumer.rtpParameters.encodings[0].ssrc);
  await peer.dtls.stop();
  await peer.ice.stop();
  router.close();
}

async function connectPeer(transport, srtpProfile) {
  step = 'ICE';
  const gatherer = new werift.RTCIceGatherer({
    useIpv4: true,
    useIpv6: false,
    useLinkLocalAddress: true,
    additionalHostAddresses: ['127.0.0.1'],
  });
  const ice = new werift.RTCIceTransport(gatherer);
  ice.connection.iceControlling = true;
  await ice.gather();
  const { usernameFragment, password } = transport.iceParameters;
  ice.setRemoteParams(new werift.RTCIceParameters({ usernameFragment, password, iceLite: true }));
  for (const { foundation, protocol, priority, address, port, type } of transport.iceCandidates) {
    await ice.addRemoteCandidate(new werift.IceCandidate(1, foundation, address, port, priority, protocol, type));
  }
  await ice.addRemoteCandidate(undefined);
  await ice.start();

  step = 'DTLS';
  const certificate = await werift.RTCDtlsTransport.SetupCertificate();
  const dtls = new werift.RTCDtlsTransport({}, ice, certificate, [srtpProfile]);
  dtls.role = 'client';
  const { fingerprints } = transport.dtlsParameters;
  dtls.setRemoteParams(
    new werift.RTCDtlsParameters(
      fingerprints.map(({ algorithm, value }) => new werift.RTCDtlsFingerprint(algorithm, value)),
      'server',
    ),
  );
  const [ours] = certificate.getFingerprints();
  await transport.connect({
    dtlsParameters: { role: 'client', fingerprints: [{ algorithm: ours.algorithm, value: ours.value }] },
  });
  await dtls.start();
  dtls.startSrtp();
  return { ice, dtls };
}

/** Sends packets until `packetCount` of them have come back; throws when one comes back changed. */
async function echo({ dtls }, payloadType, consumerSsrc) {
  const sent = new Set();
  const back = new Set();
  let report;
  const done = new Promise((resolve, reject) => {
    report = { resolve, reject };
  });
  dtls.onRtp.subscribe(({ header, payload }) => {
    if (header.ssrc !== consumerSsrc) return;
    const content = payload.toString('hex');
    if (!sent.has(content)) report.reject(new Error('A packet came back changed'));
    back.add(content);
    if (back.size >= packetCount) report.resolve();
  });
  let sequenceNumber = 1;
  const timer = setInterval(() => {
    const payload = randomBytes(80);
    sent.add(payload.toString('hex'));
    const header = new werift.RtpHeader({ ssrc, payloadType, sequenceNumber, timestamp: sequenceNumber * 960 });
    sequenceNumber += 1;
    dtls.sendRtp(payload, header).catch(report.reject);
  }, 20);
  try {
    await Promise.race([done, died, tooLate]);
  } finally {
    clearInterval(timer);
  }
}
