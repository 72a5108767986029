const hiddenDigits = 4;

/** Hides the last four digits: `+12025550100` becomes `+1202555••••`. What is shorter is hidden whole. */
export function redactNumber(number: string): string {
  let left = hiddenDigits;
  let redacted = '';
  for (let place = number.length - 1; place >= 0; place -= 1) {
    const character = number.charAt(place);
    const isHidden = left > 0 && /[0-9A-Za-z*#]/.test(character);
    if (isHidden) left -= 1;
    redacted = (isHidden ? '•' : character) + redacted;
  }
  return redacted;
}
