export { SoundDevices } from './SoundDevices.tsx';
export { useDevices } from './useDevices.ts';
