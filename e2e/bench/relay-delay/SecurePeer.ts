import {
  IceCandidate,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceParameters,
  RTCIceTransport,
  RtpHeader,
  type RtpPacket,
} from 'werift';

/** The browser's side of a call in this process: ICE, DTLS and SRTP by werift, PCMU in and out. */
export class SecurePeer {
  readonly offer: string;
  readonly #ice: RTCIceTransport;
  readonly #dtls: RTCDtlsTransport;
  readonly #ssrc = 87_654_321;

  private constructor(parts: { gatherer: RTCIceGatherer; ice: RTCIceTransport; dtls: RTCDtlsTransport }) {
    this.#ice = parts.ice;
    this.#dtls = parts.dtls;
    const { usernameFragment, password } = parts.gatherer.localParameters;
    const [fingerprint] = parts.dtls.localParameters.fingerprints;
    this.offer = [
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      't=0 0',
      'a=group:BUNDLE 0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 0 126',
      'c=IN IP4 0.0.0.0',
      `a=ice-ufrag:${usernameFragment}`,
      `a=ice-pwd:${password}`,
      `a=fingerprint:${fingerprint?.algorithm} ${fingerprint?.value}`,
      'a=setup:actpass',
      'a=mid:0',
      'a=sendrecv',
      'a=rtcp-mux',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:126 telephone-event/8000',
      `a=ssrc:${this.#ssrc} cname:bench`,
      '',
    ].join('\r\n');
  }

  static async create(): Promise<SecurePeer> {
    const gatherer = new RTCIceGatherer({
      useIpv4: true,
      useIpv6: false,
      useLinkLocalAddress: true,
      additionalHostAddresses: ['127.0.0.1'],
    });
    const ice = new RTCIceTransport(gatherer);
    ice.connection.iceControlling = true;
    await ice.gather();
    // AES_CM_128_HMAC_SHA1_80
    const dtls = new RTCDtlsTransport({}, ice, await RTCDtlsTransport.SetupCertificate(), [1]);
    return new SecurePeer({ gatherer, ice, dtls });
  }

  /** Resolves when audio can flow. */
  async accept(answer: string): Promise<void> {
    const value = (name: string) => new RegExp(`^a=${name}:(.*)$`, 'm').exec(answer)?.[1]?.trim() ?? '';
    this.#ice.setRemoteParams(
      new RTCIceParameters({ usernameFragment: value('ice-ufrag'), password: value('ice-pwd'), iceLite: true }),
    );
    for (const [, line = ''] of answer.matchAll(/^a=candidate:(.*)$/gm)) {
      const [foundation = '', , protocol = '', priority, address = '', port, , type = ''] = line.trim().split(' ');
      if (protocol !== 'udp') continue;
      await this.#ice.addRemoteCandidate(
        new IceCandidate(1, foundation, address, Number(port), Number(priority), protocol, type),
      );
    }
    await this.#ice.addRemoteCandidate(undefined);
    await this.#ice.start();
    const [algorithm = '', fingerprint = ''] = value('fingerprint').split(' ');
    this.#dtls.role = value('setup') === 'passive' ? 'client' : 'server';
    this.#dtls.setRemoteParams(new RTCDtlsParameters([new RTCDtlsFingerprint(algorithm, fingerprint)], 'auto'));
    await this.#dtls.start();
    this.#dtls.startSrtp();
  }

  onRtp(listener: (packet: RtpPacket) => void): void {
    this.#dtls.onRtp.subscribe(listener);
  }

  async send(sequenceNumber: number, payload: Buffer): Promise<void> {
    const header = new RtpHeader({ ssrc: this.#ssrc, payloadType: 0, sequenceNumber, timestamp: sequenceNumber * 160 });
    await this.#dtls.sendRtp(payload, header);
  }

  async close(): Promise<void> {
    await this.#dtls.stop();
    await this.#ice.stop();
  }
}
