import { describe, expect, it } from 'vitest';
import { Observable } from '../../state/index.ts';
import { Microphone } from './Microphone.ts';
import { toMicrophoneError } from './MicrophoneError.ts';
import { orderCodecs } from './orderCodecs.ts';

const domError = (name: string, message = '') => new DOMException(message, name);

describe('toMicrophoneError', () => {
  it.each([
    [domError('NotAllowedError', 'Permission denied'), 'blocked'],
    [domError('NotAllowedError', 'Permission dismissed'), 'dismissed'],
    [domError('NotAllowedError', 'Permission denied by system'), 'blockedBySystem'],
    [domError('NotFoundError'), 'notFound'],
    [domError('NotReadableError'), 'inUse'],
    [new TypeError('no'), 'unsupported'],
    ['strange', 'failed'],
  ] as const)('reads %s as %s', (thrown, problem) => {
    expect(toMicrophoneError(thrown).problem).toBe(problem);
  });
});

describe('Microphone', () => {
  const deps = { permissions: undefined, isSecureContext: false, deviceId: new Observable<string | null>(null) };

  it('tells an insecure page from a browser that has none', async () => {
    const insecure = new Microphone({ ...deps, mediaDevices: undefined });
    await expect(insecure.open()).rejects.toMatchObject({ problem: 'insecurePage' });
    const old = new Microphone({ ...deps, mediaDevices: undefined, isSecureContext: true });
    await expect(old.open()).rejects.toMatchObject({ problem: 'unsupported' });
  });

  it('counts as not granted where the browser does not tell', async () => {
    const permissions = { query: () => Promise.reject(new TypeError('microphone is no permission')) };
    const microphone = new Microphone({
      ...deps,
      mediaDevices: undefined,
      permissions: permissions as unknown as Permissions,
    });
    await expect(microphone.isGranted()).resolves.toBe(false);
  });

  it('opens the one that was chosen, with the echo taken out', async () => {
    const asked: MediaStreamConstraints[] = [];
    const track = {} as MediaStreamTrack;
    const mediaDevices = {
      getUserMedia: async (constraints: MediaStreamConstraints) => {
        asked.push(constraints);
        return { getAudioTracks: () => [track] };
      },
    } as unknown as MediaDevices;
    const microphone = new Microphone({ ...deps, mediaDevices, deviceId: new Observable<string | null>('mic-2') });
    await expect(microphone.open()).resolves.toBe(track);
    expect(asked[0]?.audio).toMatchObject({ deviceId: { ideal: 'mic-2' }, echoCancellation: true });
    expect(microphone.isAsking.get()).toBe(false);
  });
});

describe('orderCodecs', () => {
  it('puts one codec first and loses none', () => {
    const codecs = ['audio/opus', 'audio/G722', 'audio/PCMU', 'audio/telephone-event'].map((mimeType) => ({
      mimeType,
      clockRate: 8_000,
    }));
    expect(orderCodecs(codecs, 'PCMU').map(({ mimeType }) => mimeType)).toEqual([
      'audio/PCMU',
      'audio/opus',
      'audio/G722',
      'audio/telephone-event',
    ]);
  });
});
