import type { Brand, SignedInUser } from '../../../shared/protocol/index.ts';

/** Made once for each face of a brand, so that a change is still seen by identity. */
const forVisitors = new WeakMap<Brand, Brand>();

/** The brand as one person gets it: visitors without an account have no address book, no history and no numbers to choose from. */
export function brandFor({ role }: Pick<SignedInUser, 'role'>, brand: Brand): Brand {
  if (role !== 'visitor') return brand;
  const made = forVisitors.get(brand) ?? {
    ...brand,
    features: { ...brand.features, contacts: false, history: false },
    callerNumbers: [],
  };
  forVisitors.set(brand, made);
  return made;
}
