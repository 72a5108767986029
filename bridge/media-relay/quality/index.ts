export { estimateMos } from './estimateMos.ts';
