import type { RemoteInfo, Socket } from 'node:dgram';
import { answerCheck, type IceCredentials, isStun, type Source } from './answerCheck.ts';

/** A gateway checks from each of its addresses; beyond that the oldest is forgotten. */
const maxSources = 16;

/**
 * The lite side of ICE on one socket (RFC 8445 section 2.5): answers the gateway's checks, takes packets from where checks came from,
 * and sends to the one that it nominated last. Off until it is told what our credentials are.
 */
export class IcePath {
  readonly #socket: Socket;
  #ours: IceCredentials | null = null;
  readonly #sources = new Set<string>();
  #selected: Source | null = null;
  #isNominated = false;

  constructor(socket: Socket, onPacket: (packet: Buffer) => void) {
    this.#socket = socket;
    socket.on('message', (packet, from) => {
      if (this.#ours === null) return;
      if (isStun(packet)) this.#check(packet, from, this.#ours);
      else if (this.#sources.has(keyOf(from))) onPacket(packet);
    });
  }

  get isOn(): boolean {
    return this.#ours !== null;
  }

  /** Other credentials begin anew; null: the gateway has no ICE. */
  configure(ours: IceCredentials | null): void {
    if (ours?.usernameFragment === this.#ours?.usernameFragment && ours?.password === this.#ours?.password) return;
    this.#ours = ours;
    this.#sources.clear();
    this.#selected = null;
    this.#isNominated = false;
  }

  /** False as long as the gateway has not been heard of. */
  send(packet: Buffer): boolean {
    const to = this.#selected;
    if (to === null) return false;
    this.#socket.send(packet, to.port, to.address);
    return true;
  }

  #check(packet: Buffer, from: RemoteInfo, ours: IceCredentials): void {
    const checked = answerCheck(packet, from, ours);
    if (checked === null) return;
    this.#socket.send(checked.response, from.port, from.address);
    this.#note(from);
    if (!checked.isNominated && this.#isNominated) return;
    this.#selected = { address: from.address, port: from.port };
    this.#isNominated ||= checked.isNominated;
  }

  #note(from: Source): void {
    this.#sources.add(keyOf(from));
    const [oldest] = this.#sources;
    if (this.#sources.size > maxSources && oldest !== undefined) this.#sources.delete(oldest);
  }
}

function keyOf({ address, port }: Source): string {
  return `${address} ${port}`;
}
