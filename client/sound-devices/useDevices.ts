import { useCallback, useEffect, useState } from 'react';
import { useCalling } from '../calling/index.ts';
import { drop } from '../state/index.ts';

export interface Devices {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
  /** Browsers name devices only after the microphone was allowed once. */
  readonly areNamed: boolean;
  /** Asks for the microphone, so that the names are told. */
  readonly reveal: () => void;
}

const none: readonly MediaDeviceInfo[] = [];

export function useDevices(): Devices {
  const { microphone } = useCalling();
  const [devices, setDevices] = useState(none);
  const read = useCallback(async () => {
    setDevices((await navigator.mediaDevices?.enumerateDevices()) ?? none);
  }, []);
  useEffect(() => {
    const update = () => drop(read(), 'reading the devices');
    update();
    navigator.mediaDevices?.addEventListener('devicechange', update);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', update);
  }, [read]);
  const reveal = async () => {
    (await microphone.open()).stop();
    await read();
  };
  const chosen = (kind: MediaDeviceKind) =>
    devices.filter((device) => device.kind === kind && device.deviceId !== '' && device.deviceId !== 'default');
  return {
    microphones: chosen('audioinput'),
    speakers: chosen('audiooutput'),
    areNamed: devices.some(({ label }) => label !== ''),
    reveal: () => drop(reveal(), 'asking for the microphone'),
  };
}
