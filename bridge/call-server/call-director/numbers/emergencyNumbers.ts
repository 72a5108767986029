import type { CountryCode } from 'libphonenumber-js/max';

/**
 * Served as emergency numbers by mobile phones in every country (3GPP TS 22.101 section 10.1: 112 and 911 always,
 * 000, 08, 110, 118, 119 and 999 where the SIM names none). 110, 118 and 119 are ordinary short codes in too many
 * countries to be called emergencies everywhere; they are in the list of those that use them.
 */
const everywhere = ['112', '911', '999', '000', '08'];

/** Further police, fire, ambulance and crisis numbers, by country (ITU-T E.129 national numbering plans; EENA country pages). */
const byCountry: Partial<Record<CountryCode, readonly string[]>> = {
  AE: ['997', '998'],
  AR: ['100', '101', '107'],
  AT: ['122', '133', '140', '144'],
  AU: ['106'],
  BA: ['122', '123', '124'],
  BE: ['100', '101', '110'],
  BG: ['150', '160', '166'],
  BR: ['190', '192', '193'],
  BY: ['101', '102', '103', '104'],
  CH: ['117', '118', '144', '1414', '1415'],
  CL: ['131', '132', '133'],
  CN: ['110', '119', '120', '122'],
  CO: ['119', '123'],
  CY: ['199'],
  CZ: ['150', '155', '156', '158'],
  DE: ['110'],
  EE: ['110'],
  EG: ['122', '123', '180'],
  ES: ['061', '062', '080', '085', '091', '092'],
  FR: ['15', '17', '18', '114', '115', '119', '191', '196', '197'],
  GB: ['101', '111'],
  GE: ['113', '114'],
  GR: ['100', '108', '166', '199'],
  HK: ['992'],
  HR: ['192', '193', '194', '195'],
  HU: ['104', '105', '107'],
  ID: ['110', '113', '115', '118', '119'],
  IL: ['100', '101', '102'],
  IN: ['100', '101', '102', '108', '1091'],
  IR: ['110', '115', '125'],
  IT: ['113', '114', '115', '116', '117', '118', '1530'],
  JP: ['110', '118', '119'],
  KE: ['999'],
  KR: ['110', '113', '119'],
  KZ: ['101', '102', '103', '104'],
  LT: ['01', '02', '03', '011', '022', '033'],
  LU: ['113'],
  LV: ['01', '02', '03', '110', '113'],
  MA: ['15', '19', '150', '177', '190'],
  MC: ['15', '17', '18'],
  MD: ['901', '902', '903'],
  MX: ['060', '065', '066', '068'],
  MY: ['994'],
  NG: ['199'],
  NL: ['113'],
  NO: ['110', '113'],
  NZ: ['111'],
  PE: ['105', '106', '116', '117'],
  PH: ['117', '143', '166'],
  PK: ['15', '16', '115', '1122'],
  PL: ['997', '998', '984', '985', '986'],
  RS: ['192', '193', '194'],
  RU: ['01', '02', '03', '04', '101', '102', '103', '104'],
  SA: ['937', '993', '996', '997', '998'],
  SG: ['995'],
  SI: ['113'],
  SK: ['150', '155', '158', '159'],
  TH: ['191', '199', '1669'],
  TN: ['190', '197', '198'],
  TR: ['110', '155', '156', '158'],
  TW: ['110', '119'],
  UA: ['101', '102', '103', '104'],
  US: ['988'],
  CA: ['988'],
  VN: ['113', '114', '115'],
  ZA: ['10111', '10177', '107'],
};

const everywhereSet: ReadonlySet<string> = new Set(everywhere);
const countrySets: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(byCountry).map(([country, numbers]) => [country, new Set(numbers)]),
);

/**
 * Whether these digits, dialled in this country, call for help. An emergency number is never routed by an accident of a
 * prefix rule: a bridge cannot say where the caller is.
 */
export function isEmergencyNumber(digits: string, country: string): boolean {
  return everywhereSet.has(digits) || (countrySets.get(country)?.has(digits) ?? false);
}
