export { AttemptThrottle } from './AttemptThrottle.ts';
export { RateLimit } from './RateLimit.ts';
