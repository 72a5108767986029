import { describe, expect, it } from 'vitest';
import { talking } from './testing/talking.ts';

const silent = { input: 0, output: 0 };

describe('Silence', () => {
  it.each(['input', 'output'] as const)(
    'of the %s is reported at once when it begins, and when it ends',
    async (side) => {
      const call = await talking();
      const level = `${side}Level` as const;
      await call.pass(6);
      expect(call.reports()).toHaveLength(1);
      await call.pass(3, { [side]: 0 });
      expect(call.reports()).toHaveLength(2);
      expect(call.reports()[1]?.[level]).toBe(0);
      await call.pass(0.9, { [side]: 0.1 });
      expect(call.reports()).toHaveLength(3);
      expect(call.reports()[2]?.[level]).toBeCloseTo(0.1);
    },
  );

  it.each([0.001, 0.25, 0.499, 0.999])(
    'is reported within 3.6 s, also where it began %s s after a look',
    async (after) => {
      const call = await talking();
      await call.pass(6 + after);
      const sinceMs = call.timers.now();
      await call.pass(6, silent);
      const first = call.reported.find(({ quality }) => quality.inputLevel === 0 && quality.outputLevel === 0);
      expect((first?.atMs ?? Number.POSITIVE_INFINITY) - sinceMs).toBeLessThanOrEqual(3600);
    },
  );

  it('of a call that begins with it is reported within five seconds', async () => {
    const call = await talking();
    await call.pass(4, silent);
    expect(call.reports()).toMatchObject([{ inputLevel: 0, outputLevel: 0 }]);
  });

  it('of a microphone that was muted is none when it is heard again', async () => {
    const call = await talking();
    await call.pass(6);
    call.phone.setMuted(true);
    await call.pass(8.9, { input: 0 });
    expect(call.reports().at(-1)?.inputLevel).toBeNull();
    call.phone.setMuted(false);
    await call.pass(0.2);
    await call.pass(20, { input: 0.1 });
    expect(call.reports().map(({ inputLevel }) => inputLevel)).not.toContain(0);
    expect(call.reports().at(-1)?.inputLevel).toBeCloseTo(0.1);
  });

  it('of a microphone that stays silent when it isn’t muted any more is reported within five seconds', async () => {
    const call = await talking();
    call.phone.setMuted(true);
    await call.pass(8.9, { input: 0 });
    call.phone.setMuted(false);
    await call.pass(3.6);
    expect(call.reports().at(-1)?.inputLevel).toBe(0);
  });

  it('of a call on hold is none when the two talk again', async () => {
    const call = await talking();
    await call.pass(6);
    await call.tell({ state: 'established', answeredAt: 1, isHeldByOther: true });
    await call.pass(8.9, silent);
    await call.tell({ state: 'established', answeredAt: 1, isHeldByOther: false });
    await call.pass(0.2);
    await call.pass(20, { input: 0.1, output: 0.1 });
    for (const { inputLevel, outputLevel } of call.reports()) {
      expect(inputLevel).not.toBe(0);
      expect(outputLevel).not.toBe(0);
    }
  });
});

describe('What had to be made up', () => {
  it('counts where something was lost', async () => {
    const call = await talking();
    await call.pass(5, { concealed: 0.05, lost: 0.05 });
    expect(call.reports()[0]?.concealedRatio).toBeCloseTo(0.05);
  });

  it('isn’t what is played while nothing is sent, on hold or in a pause of discontinuous transmission', async () => {
    const call = await talking();
    await call.pass(5, { concealed: 0, silent: 0.9 });
    expect(call.reports()[0]?.concealedRatio).toBe(0);
    await call.pass(5, { concealed: 0.002, silent: 0.9 });
    expect(call.reports()[1]?.concealedRatio).toBeCloseTo(0.02);
  });

  it('is also the silence in place of what was lost for a while, whose numbers are missed only afterwards', async () => {
    const call = await talking();
    await call.pass(8, { concealed: 0 });
    // Two seconds are lost, of which the browser makes up a tenth of a second and plays nothing for the rest.
    await call.pass(2, { concealed: 0.05, silent: 0.95 });
    expect(call.reports()[1]?.concealedRatio).toBeCloseTo(0.1 / 3.1);
    call.lose(100);
    await call.pass(5, { concealed: 0, silent: 0 });
    expect(call.reports()[2]?.concealedRatio).toBeCloseTo(1.9 / 6.9);
    await call.pass(5);
    expect(call.reports()[3]?.concealedRatio).toBe(0);
  });

  it('isn’t the silence of before, when something is lost that was made up in sound', async () => {
    const call = await talking();
    await call.pass(5, { concealed: 0, silent: 0.9 });
    await call.pass(5, { concealed: 0.05, silent: 0, lost: 0.05 });
    expect(call.reports()[1]?.concealedRatio).toBeCloseTo(0.05);
  });

  it('isn’t the silence of long before, when something is lost that could be restored', async () => {
    const call = await talking();
    await call.pass(5, { concealed: 0, silent: 0.9 });
    await call.pass(5, { silent: 0 });
    await call.pass(5, { lost: 0.05 });
    expect(call.reports()[2]?.concealedRatio).toBe(0);
  });
});
