/**
 * The caller ID to ask for: what the person chose, where they still may; null asks for nothing. The usual one is not asked for by
 * name: where a rule of the bridge shows another number, that would be refused.
 */
export function chooseCallerNumber(chosen: string | null, allowed: readonly string[]): string | null {
  return chosen !== null && allowed.indexOf(chosen) > 0 ? chosen : null;
}
