import { applyNumberRules, type Gateway } from '../../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { IncomingSipCall } from '../../../sip-stack/index.ts';
import { parseDestination } from '../../call-director/index.ts';

type Writing = Pick<Gateway, 'incoming'>;

/**
 * What the called number may be by how this gateway writes numbers, the likeliest first: as it stands (an extension, or E.164), by
 * the gateway's country, with the plus that it leaves out. Which of them is a number of ours is not known here.
 */
export function readCalledNumber(
  call: Pick<IncomingSipCall, 'calledUser' | 'toUser'>,
  { incoming }: Writing,
): readonly string[] {
  const written = incoming.calledNumberFrom === 'to' ? call.toUser : call.calledUser;
  const number = asWritten(written, incoming);
  if (number === null) return [];
  const national = incoming.country === null ? null : toE164(number, incoming.country);
  return [...new Set([number, national, toE164(withPlus(number), ''), withPlus(number)])].filter((one) => one !== null);
}

/** Who calls: in E.164 where it can be read so, else as it is written; null: withheld. */
export function readCallingNumber(call: Pick<IncomingSipCall, 'callingUser'>, { incoming }: Writing): string | null {
  if (call.callingUser === null) return null;
  const number = asWritten(call.callingUser, incoming);
  if (number === null) return printable(call.callingUser);
  const national = incoming.country === null ? null : toE164(number, incoming.country);
  return national ?? toE164(withPlus(number), '') ?? number;
}

/** Name of who calls as it may be shown; null: none. */
export function readCallingName({ callingName }: Pick<IncomingSipCall, 'callingName'>): string | null {
  return callingName === null ? null : printable(callingName);
}

/** By the gateway's rules, without visual separators (RFC 3966 section 5.1.1); null: no number. */
function asWritten(text: string, { numberRules }: Writing['incoming']): string | null {
  const bare = text.replace(/[\s().-]/g, '');
  return /^\+?\d{1,40}$/.test(bare) ? applyNumberRules(bare, numberRules) : null;
}

function withPlus(number: string): string {
  if (number.startsWith('+')) return number;
  return `+${number.startsWith('00') ? number.slice(2) : number}`;
}

function toE164(number: string, country: string): string | null {
  try {
    const { isEmergency, e164 } = parseDestination(number, country);
    return isEmergency ? null : e164;
  } catch (error) {
    if (error instanceof DialbridgeError) return null;
    throw error;
  }
}

const longestShown = 100;

function printable(text: string): string | null {
  const shown = text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    .trim()
    .slice(0, longestShown);
  return shown === '' ? null : shown;
}
