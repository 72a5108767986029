export { type MediaFigures, readFigures } from './MediaFigures.ts';
export { QualityMonitor, type QualityView } from './QualityMonitor.ts';
