import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmbedKeyId } from '../../../../shared/domain/index.ts';
import { callClient } from '../../testing/callClient.ts';
import { ExplainBench, rate, rule, washington } from './testing/ExplainBench.ts';

describe('Explain', () => {
  it('decides as a call is decided, whatever the rules, the use and the call', { timeout: 30_000 }, async () => {
    const mostly = <T>(usual: T, ...others: readonly T[]) =>
      fc.oneof({ weight: others.length * 2, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
    const limits = fc.constantFrom(undefined, { callsAtOnce: 1 }, { callsPerMinute: 2 }, { costPerDay: 0.03 });
    const rules = fc
      .array(
        fc.record({
          order: fc.integer({ min: 0, max: 3 }),
          action: mostly('allow', 'deny'),
          from: mostly<object | undefined>(undefined, { users: ['alice'] }, { anonymous: true }, { brands: ['b2'] }),
          to: mostly<object | undefined>(
            undefined,
            { prefix: '+1' },
            { countries: ['DE'] },
            { types: ['premiumRate'] },
          ),
          when: mostly<object | undefined>(undefined, { windows: [{ days: ['fri'] }] }),
          limits,
          sharedLimits: limits,
          callerNumbers: mostly<string[] | undefined>(undefined, ['+12025550100']),
        }),
        { maxLength: 3 },
      )
      .map((drafts) =>
        drafts.map(({ limits: own, sharedLimits, callerNumbers, ...rest }, index) => {
          const allowing = rest.action === 'allow' ? { limits: own, sharedLimits, callerNumbers } : {};
          return rule(JSON.parse(JSON.stringify({ id: `r${index}`, ...rest, ...allowing })));
        }),
      );
    const destination = mostly(
      washington,
      '+19005550123',
      '+442079460958',
      '+4930123456',
      '+881612345678',
      '911',
      'junk',
    );
    const earlierCalls = fc.integer({ min: 0, max: 3 });
    const callerNumber = mostly<string | undefined>(undefined, '+12025550100', '+1999');
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        rules,
        destination,
        earlierCalls,
        callerNumber,
        mostly(false, true),
        async (written, to, before, asked, isVisitor) => {
          const bench = new ExplainBench({ rules: written, rates: [rate('+1', 0.02)] });
          const client = isVisitor
            ? callClient('visitor', {
                entry: { kind: 'embedKey', embedKeyId: 'pk_shop' as EmbedKeyId, origin: 'https://shop.example' },
              })
            : callClient('alice');
          for (let count = 0; count < before; count += 1) await bench.call({ client });
          const number = asked === undefined ? {} : { callerNumber: asked };
          const explanation = await bench.explain({
            caller: isVisitor ? { kind: 'visitor', embedKeyId: 'pk_shop' } : { kind: 'user', userName: 'alice' },
            ...(isVisitor && { origin: 'https://shop.example' }),
            destination: to,
            ...number,
          });
          const error = await bench.call({ client, destination: to, ...number });
          seen.add(error?.code ?? 'allowed');
          expect(explanation.decision).toBe(error === null ? 'allow' : 'deny');
          expect(explanation.error?.code).toBe(error?.code);
          expect(explanation.error?.retryAfterMs).toBe(error?.retryAfterMs);
        },
      ),
      { numRuns: 300 },
    );
    // Else the calls above would be too much alike to show anything.
    expect([...seen].sort()).toEqual(
      expect.arrayContaining([
        'allowed',
        'callsAtOnceReached',
        'dailyCostReached',
        'noRuleAllows',
        'outsideHours',
        'ruleDenies',
      ]),
    );
  });
});
