export { drop } from './drop.ts';
export { Emitter } from './Emitter.ts';
export { newId } from './newId.ts';
export { Observable, type Readable } from './Observable.ts';
export { browserTimers, type Timers } from './Timers.ts';
export { useReadable } from './useReadable.ts';
