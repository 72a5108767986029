import { DialbridgeError } from '../../shared/errors/index.ts';
import type { BrandFeatures } from '../../shared/protocol/index.ts';
import type { AccessCheck } from './createAccessCheck.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';

/** Lets pass whom `check` lets pass and whose brand has the feature. Refuses with `featureOff`. */
export function withFeature(
  feature: keyof BrandFeatures,
  brands: Pick<HttpAppDeps['brands'], 'get'>,
  check: AccessCheck,
): AccessCheck {
  return (handler) =>
    check(async (access, req, res) => {
      if (!brands.get(access.brandId).features[feature]) throw new DialbridgeError('featureOff');
      await handler(access, req, res);
    });
}
