import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { decodeALaw, decodeMuLaw, type HeardTone, strongestTone } from './audio/index.ts';

/** Of G.711, as much as is looked at, and some more. */
const keptSamples = 8000;
const sampleRate = 8000;
const loopback = '127.0.0.1';

/** By payload type (RFC 3551). */
const decoders: Readonly<Record<number, (bytes: Uint8Array) => Float32Array>> = { 0: decodeMuLaw, 8: decodeALaw };

/**
 * Stands in front of a telephone's UDP port, passes on SIP and audio (G.711) both ways, and hears what goes each way: a baresip's own
 * recording ends with its first re-INVITE. Every address in SIP and SDP that leads to the one side is written so that it leads here.
 */
export class MediaTap {
  readonly port: number;
  /** Audio that goes this way is heard here, and goes no further. */
  stops: Direction | null = null;
  /** Of the last audio that went to the telephone (RFC 3551): 0 is PCMU, 8 is PCMA. */
  payloadType: number | null = null;
  readonly #sip: Passage;
  #audio: Passage;
  readonly #heard = { toTelephone: new Float32Array(), toBridge: new Float32Array() };

  private constructor(parts: { sip: Passage; audio: Passage }) {
    this.#sip = parts.sip;
    this.#audio = parts.audio;
    this.port = parts.sip.outerPort;
    parts.sip.onPacket = (message, direction) => this.#rewrite(message, direction);
    this.#listen();
  }

  static async create(options: { port: number; telephonePort: number }): Promise<MediaTap> {
    const sip = await Passage.open(options.port);
    sip.innerTarget = options.telephonePort;
    return new MediaTap({ sip, audio: await Passage.open(0) });
  }

  /** Where the telephone reaches the bridge, once the bridge has looked whether it is there. */
  get telephoneSidePort(): number {
    return this.#sip.innerPort;
  }

  /** The tone that goes to the telephone now; null for silence, or nothing. Of one call at a time. */
  telephoneHears(): HeardTone | null {
    return strongestTone({ samples: this.#heard.toTelephone, sampleRate });
  }

  /** Forgets what it heard: what is heard from now on comes after this. */
  forget(): void {
    this.#heard.toTelephone = new Float32Array();
    this.#heard.toBridge = new Float32Array();
  }

  /** The tone that comes from the telephone. */
  telephoneSays(): HeardTone | null {
    return strongestTone({ samples: this.#heard.toBridge, sampleRate });
  }

  /** From the next description on, the telephone's audio is at another port; what comes to the old one is lost. */
  async moveAudio(): Promise<void> {
    const former = this.#audio;
    this.#audio = await Passage.open(0);
    this.#listen();
    former.close();
  }

  close(): void {
    this.#sip.close();
    this.#audio.close();
  }

  #listen(): void {
    this.#audio.onPacket = (packet, direction) => {
      this.#hear(packet, direction);
      return this.stops === direction ? null : packet;
    };
  }

  #rewrite(message: Buffer, direction: Direction): Buffer {
    const [head = '', body = ''] = message.toString('latin1').split(/\r\n\r\n/, 2);
    const swap = this.#sip.swapped(direction);
    const media = /^m=audio (\d+)/m.exec(body)?.[1];
    if (media === undefined) return Buffer.from(`${swap(head)}\r\n\r\n${body}`, 'latin1');
    const port = Number(media);
    if (port !== 0) this.#audio.leadFrom(direction, port);
    const here = direction === 'toTelephone' ? this.#audio.innerPort : this.#audio.outerPort;
    const sdp = body.replace(/^m=audio \d+/m, `m=audio ${port === 0 ? 0 : here}`).replace(/^a=rtcp:\d+.*\r\n/m, '');
    const length = head.replace(/^(Content-Length|l):.*$/im, `Content-Length: ${Buffer.byteLength(sdp, 'latin1')}`);
    return Buffer.from(`${swap(length)}\r\n\r\n${sdp}`, 'latin1');
  }

  #hear(packet: Buffer, direction: Direction): void {
    // Version 2; events and RTCP go by unheard.
    if (packet.length < 12 || (packet[0] ?? 0) >> 6 !== 2) return;
    const payloadType = (packet[1] ?? 0) & 0x7f;
    const decode = decoders[payloadType];
    // Key tones are shorter, and RTCP has other numbers at this place (RFC 5761 section 4).
    const isAudio = packet.length > 40 && (payloadType < 72 || payloadType > 79);
    if (isAudio && direction === 'toTelephone') this.payloadType = payloadType;
    if (decode === undefined) return;
    const samples = decode(packet.subarray(12 + 4 * ((packet[0] ?? 0) & 0x0f)));
    const former = this.#heard[direction];
    const all = new Float32Array(Math.min(keptSamples, former.length + samples.length));
    const kept = former.subarray(Math.max(0, former.length + samples.length - keptSamples));
    all.set(kept);
    all.set(samples, kept.length);
    this.#heard[direction] = all;
  }
}

type Direction = 'toTelephone' | 'toBridge';

/** Two UDP sockets: what arrives at the outer one, where the bridge sends, leaves by the inner one for the telephone, and back. */
class Passage {
  innerTarget = 0;
  #outerTarget = 0;
  /** What goes on in its place; null: nothing. */
  onPacket: (packet: Buffer, direction: Direction) => Buffer | null = (packet) => packet;
  readonly #outer: Socket;
  readonly #inner: Socket;

  private constructor(outer: Socket, inner: Socket) {
    this.#outer = outer;
    this.#inner = inner;
    outer.on('message', (packet, from) => {
      this.#outerTarget = from.port;
      const passed = this.onPacket(packet, 'toTelephone');
      if (passed) inner.send(passed, this.innerTarget, loopback);
    });
    inner.on('message', (packet) => {
      const passed = this.onPacket(packet, 'toBridge');
      if (passed && this.#outerTarget !== 0) outer.send(passed, this.#outerTarget, loopback);
    });
  }

  static async open(port: number): Promise<Passage> {
    const [outer, inner] = [createSocket('udp4'), createSocket('udp4')];
    outer.bind(port, loopback);
    inner.bind(0, loopback);
    await Promise.all([once(outer, 'listening'), once(inner, 'listening')]);
    return new Passage(outer, inner);
  }

  get outerPort(): number {
    return this.#outer.address().port;
  }

  get innerPort(): number {
    return this.#inner.address().port;
  }

  /** Where the side is reached that a description comes from. */
  leadFrom(direction: Direction, port: number): void {
    if (direction === 'toTelephone') this.#outerTarget = port;
    else this.innerTarget = port;
  }

  /** Addresses of the side that a message comes from, written as ours on the other side, and the other way round. */
  swapped(direction: Direction): (text: string) => string {
    const pairs =
      direction === 'toTelephone'
        ? [
            [this.#outerTarget, this.innerPort],
            [this.outerPort, this.innerTarget],
          ]
        : [
            [this.innerTarget, this.outerPort],
            [this.innerPort, this.#outerTarget],
          ];
    const places = new Map(pairs.map(([from, to]) => [`${loopback}:${from}`, `${loopback}:${to}`]));
    return (text) => text.replaceAll(/127\.0\.0\.1:\d+/g, (place) => places.get(place) ?? place);
  }

  close(): void {
    this.#outer.close();
    this.#inner.close();
  }
}
