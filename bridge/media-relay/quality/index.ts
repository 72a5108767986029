export { estimateMos, type MeasuredAudio } from './estimateMos.ts';
