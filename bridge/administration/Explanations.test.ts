import { describe, expect, it } from 'vitest';
import { explainRequestSchema } from '../../shared/admin/index.ts';
import { administrationFixture, auditor, operator, redAuditor, redManager } from './testing/administrationFixture.ts';

const about = (caller: object, more: object = {}) =>
  explainRequestSchema.parse({ caller, destination: '+12025550100', ...more });
const user = (userName: string) => about({ kind: 'user', userName });
const visitor = (embedKeyId: string) => about({ kind: 'visitor', embedKeyId });
const hostUser = (brandId: string) => about({ kind: 'hostUser', userName: 'x', brandId });

describe('Explain', () => {
  const { explanations } = administrationFixture().administration;
  const looked = async (...asked: Parameters<typeof explanations.explain>) =>
    (await explanations.explain(...asked)).rules.map(({ ruleId }) => ruleId);

  it('tells operators and auditors of all brands everything', async () => {
    for (const actor of [operator, auditor]) {
      for (const asked of [user('nina'), visitor('pk_blue'), hostUser('blue')]) {
        expect(await looked(actor, asked)).toEqual(['everywhere', 'blue-us', 'red-us']);
      }
    }
  });

  it('tells who is bound to a brand of its callers alone, and of no other brand’s rules', async () => {
    for (const actor of [redManager, redAuditor]) {
      for (const asked of [user('ruth'), visitor('pk_red'), hostUser('red')]) {
        expect(await looked(actor, asked)).toEqual(['everywhere', 'red-us']);
      }
      // Of another brand, or of every one: an operator among them.
      for (const asked of [user('bob'), user('nina'), user('olga'), visitor('pk_blue'), hostUser('blue')]) {
        await expect(explanations.explain(actor, asked)).rejects.toMatchObject({ code: 'forbidden' });
      }
      const elsewhere = about({ kind: 'user', userName: 'ruth' }, { brandId: 'blue' });
      await expect(explanations.explain(actor, elsewhere)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('names a caller that there is not', async () => {
    const ghost = { code: 'invalidSetting', details: { key: 'caller.userName' } };
    await expect(explanations.explain(operator, user('ghost'))).rejects.toMatchObject(ghost);
    const key = { code: 'invalidSetting', details: { key: 'caller.embedKeyId' } };
    await expect(explanations.explain(operator, visitor('pk_ghost'))).rejects.toMatchObject(key);
  });
});
