import { expect, it } from 'vitest';
import { callsBeforeNextWorker, chooseWorker } from './chooseWorker.ts';

const [a, b, c] = ['a', 'b', 'c'];
const full = callsBeforeNextWorker;

it.each([
  { title: 'takes the first of idle workers', loads: { a: 0, b: 0 }, chosen: a },
  { title: 'stays with the one that is awake', loads: { a: 0, b: 3, c: 1 }, chosen: b },
  { title: 'goes on to the next when one is full', loads: { a: full, b: 0, c: 0 }, chosen: b },
  { title: 'fills the fullest that has room', loads: { a: full, b: 2, c: full - 1 }, chosen: c },
  { title: 'spreads by load when all are full', loads: { a: full + 2, b: full, c: full + 1 }, chosen: b },
])('$title', ({ loads, chosen }) => {
  const workers = Object.entries(loads).map(([name, load]) => ({ name, load }));
  expect(chooseWorker(workers)?.name).toBe(chosen);
});

it('has none to choose while none is up', () => {
  expect(chooseWorker([])).toBeNull();
});
