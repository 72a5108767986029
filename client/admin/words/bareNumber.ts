/** As people write numbers, without what is only for the eye. */
export function bareNumber(text: string): string {
  return text.replace(/[\s\u00a0().\-/]/g, '');
}

/** A prefix in international form: `0049` and `49` are `+49`. */
export function barePrefix(text: string): string {
  const bare = bareNumber(text);
  return /^\d+$/.test(bare) ? `+${bare.replace(/^00/, '')}` : bare;
}
