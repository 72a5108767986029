export { AddressGuard } from './AddressGuard.ts';
export { HttpPoster, type HttpPosterOptions, type Poster } from './HttpPoster.ts';
export { judgeAttempt } from './judgeAttempt.ts';
export { signEvent } from './signEvent.ts';
