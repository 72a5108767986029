import { Observable, type Readable } from '../../state/index.ts';
import { MicrophoneError, toMicrophoneError } from './MicrophoneError.ts';

export interface MicrophoneDeps {
  /** Undefined on pages that are not secure. */
  readonly mediaDevices: MediaDevices | undefined;
  readonly permissions: Permissions | undefined;
  readonly isSecureContext: boolean;
  /** The person's choice; null for the system's. */
  readonly deviceId: Readable<string | null>;
}

/** The person's microphone: asks for it, opens it, and says in one word why it can't be had. */
export class Microphone {
  readonly #deps: MicrophoneDeps;
  /** True while the browser shows its question. */
  readonly #isAsking = new Observable(false);
  /** Live: it follows what the person decides later. Null where the browser doesn't tell. */
  #permission: Promise<PermissionStatus | null> | null = null;

  constructor(deps: MicrophoneDeps) {
    this.#deps = deps;
  }

  get isAsking(): Readable<boolean> {
    return this.#isAsking;
  }

  get chosenDeviceId(): Readable<string | null> {
    return this.#deps.deviceId;
  }

  /** True when opening it will ask nothing. Browsers that don't tell count as not granted. */
  async isGranted(): Promise<boolean> {
    this.#permission ??= this.#askPermission();
    const status = await this.#permission;
    return status?.state === 'granted' && this.#deps.mediaDevices !== undefined;
  }

  /** @throws MicrophoneError */
  async open(): Promise<MediaStreamTrack> {
    const { mediaDevices, isSecureContext, deviceId } = this.#deps;
    if (mediaDevices?.getUserMedia === undefined) {
      throw new MicrophoneError(isSecureContext ? 'unsupported' : 'insecurePage');
    }
    const chosen = deviceId.get();
    this.#isAsking.set(true);
    try {
      const stream = await mediaDevices.getUserMedia({
        audio: {
          echoCancellation: true,
          noiseSuppression: true,
          autoGainControl: true,
          ...(chosen !== null && { deviceId: { ideal: chosen } }),
        },
      });
      const [track] = stream.getAudioTracks();
      if (track === undefined) throw new MicrophoneError('notFound');
      return track;
    } catch (error) {
      throw toMicrophoneError(error);
    } finally {
      this.#isAsking.set(false);
    }
  }

  async #askPermission(): Promise<PermissionStatus | null> {
    try {
      return (await this.#deps.permissions?.query({ name: 'microphone' as PermissionName })) ?? null;
    } catch {
      return null;
    }
  }
}
