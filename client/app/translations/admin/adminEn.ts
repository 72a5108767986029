import { auditEn } from './auditEn.ts';
import { brandsEn } from './brandsEn.ts';
import { callsEn } from './callsEn.ts';
import { doorsEn } from './doorsEn.ts';
import { explainEn } from './explainEn.ts';
import { frameEn } from './frameEn.ts';
import { gatewayStatusEn } from './gatewayStatusEn.ts';
import { gatewaysEn } from './gatewaysEn.ts';
import { hoursEn } from './hoursEn.ts';
import { liveEn } from './liveEn.ts';
import { peopleEn } from './peopleEn.ts';
import { ratesEn } from './ratesEn.ts';
import { routesEn } from './routesEn.ts';
import { rulesEn } from './rulesEn.ts';
import { sheetEn } from './sheetEn.ts';
import { webhooksEn } from './webhooksEn.ts';

/** Every sentence of the operator's pages in English, at `admin`. Comes with these pages, not with the dialer. */
export const adminEn = {
  ...frameEn,
  ...peopleEn,
  ...doorsEn,
  ...auditEn,
  ...rulesEn,
  ...ratesEn,
  ...brandsEn,
  ...callsEn,
  ...explainEn,
  ...hoursEn,
  ...gatewaysEn,
  ...gatewayStatusEn,
  ...sheetEn,
  ...routesEn,
  ...liveEn,
  ...webhooksEn,
} as const;
