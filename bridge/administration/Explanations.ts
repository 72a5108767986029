import type { EmbedKey, ExplainRequest, Explanation, Rule } from '../../shared/admin/index.ts';
import type { BrandId } from '../../shared/domain/index.ts';
import { DialbridgeError, invalidSetting } from '../../shared/errors/index.ts';
import type { User } from '../front-end-server/index.ts';
import { type Actor, isOwn } from './editing/Actor.ts';
import { countsFor } from './kinds/ruleKind.ts';

export interface ExplanationsDeps {
  /** Decides as for a real call, and tells everything that it looked at. Counts nothing. */
  readonly engine: { explain(request: ExplainRequest): Promise<Explanation> };
  readonly findUser: (userName: string) => Promise<User | undefined>;
  readonly embedKeys: { get(id: string): Promise<Pick<EmbedKey, 'brandId'> | undefined> };
  readonly rules: { get(id: string): Promise<Rule | undefined> };
}

/** Why a call would be allowed or refused. Who is bound to a brand asks about its callers alone, and hears of no other brand's rules. */
export class Explanations {
  readonly #deps: ExplanationsDeps;

  constructor(deps: ExplanationsDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError `forbidden`; `invalidSetting` for a caller that there is not */
  async explain(actor: Actor, request: ExplainRequest): Promise<Explanation> {
    const { engine } = this.#deps;
    const callersBrand = await this.#brandOfCaller(request);
    if (actor.brandId === null) return engine.explain(request);
    // A user without a brand is everybody's, and an operator among them.
    const isOwnCaller = callersBrand === actor.brandId && isOwn(actor, request.brandId ?? actor.brandId);
    if (!isOwnCaller) throw new DialbridgeError('forbidden');
    return this.#withoutOthers(actor.brandId, await engine.explain(request));
  }

  async #brandOfCaller({ caller }: ExplainRequest): Promise<BrandId | null> {
    switch (caller.kind) {
      case 'user': {
        const user = await this.#deps.findUser(caller.userName);
        if (user === undefined) throw unknown('caller.userName', 'expected the name of a user');
        return user.brandId;
      }
      case 'visitor': {
        const key = await this.#deps.embedKeys.get(caller.embedKeyId);
        if (key === undefined) throw unknown('caller.embedKeyId', 'expected an embed key that there is');
        return key.brandId;
      }
      case 'hostUser':
        return caller.brandId;
    }
  }

  /** Rules that never match under the brand are none of its manager's business. */
  async #withoutOthers(brandId: BrandId, explanation: Explanation): Promise<Explanation> {
    const rules: Explanation['rules'] = [];
    for (const looked of explanation.rules) {
      const rule = looked.ruleId === null || looked.isDraft ? undefined : await this.#deps.rules.get(looked.ruleId);
      if (looked.isMatch || rule === undefined || countsFor(rule, brandId)) rules.push(looked);
    }
    return { ...explanation, rules };
  }
}

function unknown(key: string, expected: string): DialbridgeError {
  return invalidSetting([{ key, expected }]);
}
