import { EventEmitter } from 'node:events';
import type { UA } from 'jssip';
import { expect, test } from 'vitest';
import { strengthenBranches } from './jssipInternals.ts';

test('two transactions that drew the same branch are told apart', () => {
  const ua = Object.assign(new EventEmitter(), {
    _transactions: { ict: {} as Record<string, unknown>, nict: {} as Record<string, unknown>, ist: {}, nist: {} },
  });
  let count = 0;
  strengthenBranches(ua as unknown as UA, () => {
    count += 1;
    return `token${count}`;
  });
  const vias: string[] = [];
  for (const name of ['one', 'two']) {
    // As JsSIP's constructors do it: kept under the drawn branch, then told.
    const transaction = {
      name,
      type: 'ict',
      id: 'z9hG4bK5',
      request: { setHeader: (_: string, via: string) => vias.push(via) },
    };
    ua._transactions.ict[transaction.id] = transaction;
    ua.emit('newTransaction', { transaction });
  }
  expect(ua._transactions.ict).toMatchObject({ z9hG4bKtoken1: { name: 'one' }, z9hG4bKtoken2: { name: 'two' } });
  expect(Object.keys(ua._transactions.ict)).toHaveLength(2);
  expect(vias[1]).toContain(';branch=z9hG4bKtoken2');
});
