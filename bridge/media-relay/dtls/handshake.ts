import {
  Event,
  keyLength,
  ProtectionProfileAeadAes128Gcm,
  ProtectionProfileAes128CmHmacSha1_80,
  type RTCCertificate,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  type RTCIceTransport,
  saltLength,
} from 'werift';
import type { SrtpSuiteName } from '../srtp/index.ts';
import type { DtlsKeys, DtlsTerms } from './dtlsMessages.ts';

/** Counter mode first: it costs us less (docs/decisions/0007). */
const profiles = [ProtectionProfileAes128CmHmacSha1_80, ProtectionProfileAeadAes128Gcm] as const;
const suites: Readonly<Record<number, SrtpSuiteName>> = {
  [ProtectionProfileAes128CmHmacSha1_80]: 'AES_CM_128_HMAC_SHA1_80',
  [ProtectionProfileAeadAes128Gcm]: 'AEAD_AES_128_GCM',
};

export interface HandshakeDeps {
  readonly certificate: RTCCertificate;
  readonly send: (packet: Buffer) => void;
}

/** One DTLS association (RFC 5764), from its first packet to its keys. Packets go by whoever has the socket. */
export class Handshake {
  readonly #packets = new Event<[Buffer]>();
  readonly #transport: RTCDtlsTransport;

  constructor({ certificate, send }: HandshakeDeps, { role, remote }: DtlsTerms) {
    const connection = {
      onData: this.#packets,
      send: async (packet: Buffer): Promise<void> => send(packet),
    };
    // All that werift's transport wants of ICE: the way for packets. ICE itself is in the RTP leg.
    const path = { connection, role: 'controlled' } as unknown as RTCIceTransport;
    this.#transport = new RTCDtlsTransport({}, path, certificate, [...profiles]);
    this.#transport.role = role;
    const fingerprint = new RTCDtlsFingerprint(remote.algorithm, remote.value);
    this.#transport.setRemoteParams(new RTCDtlsParameters([fingerprint], role === 'server' ? 'client' : 'server'));
  }

  /** @throws Error where the other side has another certificate, or no profile of ours */
  async run(): Promise<DtlsKeys> {
    await this.#transport.start();
    const { dtls } = this.#transport;
    const profile = dtls?.srtp.srtpProfile;
    const suite = profile === undefined ? undefined : suites[profile];
    if (!dtls || !profile || suite === undefined) throw new Error('no SRTP profile was agreed on');
    const { localKey, localSalt, remoteKey, remoteSalt } = dtls.extractSessionKeys(
      keyLength(profile),
      saltLength(profile),
    );
    const key = (masterKey: Buffer, masterSalt: Buffer) => ({
      suite,
      // Copies with memory of their own: a thread is sent the whole of what a view looks into.
      masterKey: Uint8Array.from(masterKey),
      masterSalt: Uint8Array.from(masterSalt),
      mkiLength: 0,
    });
    return { sending: key(localKey, localSalt), receiving: key(remoteKey, remoteSalt) };
  }

  receive(packet: Buffer): void {
    this.#packets.execute(packet);
  }

  close(): void {
    this.#transport.stop().catch(() => {});
  }
}
