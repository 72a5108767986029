import type { DemoPhoneNumber } from '../demoNumbers.ts';
import type { DemoLine } from './CallControls.ts';
import { echo } from './echo.ts';
import { menu } from './menu.ts';
import { music } from './music.ts';
import { noAnswer } from './noAnswer.ts';
import { notAvailable } from './notAvailable.ts';
import { refusing } from './refusing.ts';

/** Q.850 cause 1. */
const unallocated = refusing({ status: 404, q850: 1, text: 'Unallocated number' });

const LINES = {
  '+12025550100': echo,
  '+12025550101': music,
  '+12025550102': refusing({ status: 486, q850: 17, text: 'User busy' }),
  '+12025550103': noAnswer,
  '+12025550104': unallocated,
  '+12025550105': menu,
  '+12025550106': refusing({ status: 603, q850: 21, text: 'Call rejected' }),
  '+12025550107': notAvailable,
} as const satisfies Record<DemoPhoneNumber, DemoLine>;

/** How the telephone behaves whose number was dialled, with or without the plus. */
export function findLine(dialled: string): DemoLine {
  const number = `+${dialled.replace(/[^0-9]/g, '')}`;
  return isDemoNumber(number) ? LINES[number] : unallocated;
}

function isDemoNumber(number: string): number is DemoPhoneNumber {
  return Object.hasOwn(LINES, number);
}
