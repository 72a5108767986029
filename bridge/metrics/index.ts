export { Metrics, type MetricsDeps } from './Metrics.ts';
