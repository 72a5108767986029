import type { EmbedKey } from '../../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { Destination } from '../numbers/parseDestination.ts';
import type { CallFacts } from './CallFacts.ts';

/** @throws DialbridgeError `accountDisabled`, `embedKeyInvalid`, `originNotAllowed`: it may have changed since they came in. */
export function demandGoodCaller({ caller, brand }: CallFacts): void {
  if (caller.kind === 'account' && !caller.account?.isEnabled) throw new DialbridgeError('accountDisabled');
  if (caller.kind !== 'visitor') return;
  const { key, isOnItsPage } = caller;
  if (!key?.isEnabled || key.brandId !== brand.id) throw new DialbridgeError('embedKeyInvalid');
  if (!isOnItsPage) throw new DialbridgeError('originNotAllowed');
}

/** The bounds of an embed key and of a host application's token: nothing makes them reach further. @throws DialbridgeError `destinationNotAllowed` */
export function demandWithinBounds({ caller }: CallFacts, called: Destination): void {
  const isWithin =
    caller.kind === 'visitor'
      ? caller.key !== undefined && destinationOfKey(caller.key, called) !== undefined
      : caller.kind === 'account' || isWithinGrants(caller.grants.destinations, called);
  if (!isWithin) throw new DialbridgeError('destinationNotAllowed', { details: { number: called.formatted } });
}

/** What of the embed key's destinations names the number; one that names it in full before a prefix. */
export function destinationOfKey(key: EmbedKey, { e164 }: Destination): EmbedKey['destinations'][number] | undefined {
  const named = key.destinations.filter(({ number, isPrefix }) =>
    isPrefix ? e164.startsWith(number) : e164 === number,
  );
  return named.find(({ isPrefix }) => !isPrefix) ?? named[0];
}

function isWithinGrants(prefixes: readonly string[] | null, { e164 }: Destination): boolean {
  return prefixes === null || prefixes.some((prefix) => e164.startsWith(prefix));
}
