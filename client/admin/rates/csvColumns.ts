/** What a column of a rate sheet can be. */
export type RateColumn = 'prefix' | 'name' | 'pricePerMinute' | 'connectionFee' | 'firstSeconds' | 'incrementSeconds';

/** Headings as carriers write them, in small letters and without anything but letters and digits. */
const headings: Readonly<Record<RateColumn, readonly string[]>> = {
  prefix: ['prefix', 'code', 'dialcode', 'dialprefix', 'dialingcode', 'diallingcode', 'destinationcode', 'countrycode'],
  name: ['name', 'destination', 'destinationname', 'description', 'country', 'region', 'zone'],
  pricePerMinute: [
    ...['price', 'priceperminute', 'pricepermin', 'pricemin', 'minuteprice', 'perminute', 'ppm', 'costperminute'],
    ...['rate', 'rateperminute', 'ratepermin', 'ratemin', 'minuterate', 'cost'],
  ],
  connectionFee: [
    ...['connectionfee', 'connectfee', 'connectioncharge', 'connectcharge', 'connection', 'fee', 'percall'],
    ...['setup', 'setupfee', 'setupcharge', 'callsetup', 'pricepercall'],
  ],
  firstSeconds: [
    ...['firstseconds', 'first', 'firstincrement', 'firstinterval', 'initialincrement', 'initialinterval', 'interval1'],
    ...['minimum', 'minimumseconds', 'minseconds', 'minduration', 'minimumduration', 'minimumtime'],
  ],
  incrementSeconds: [
    ...['increment', 'increments', 'incrementseconds', 'billingincrement', 'step', 'stepseconds', 'steps'],
    ...['interval', 'intervaln', 'intervalseconds', 'nextinterval', 'nextincrement', 'subsequentincrement'],
  ],
};

const columnByHeading = new Map(
  Object.entries(headings).flatMap(([column, names]) => names.map((name) => [name, column as RateColumn])),
);

/** What a heading means; undefined where nothing of ours. What stands in brackets is a unit and doesn't count. */
export function columnOf(heading: string): RateColumn | undefined {
  const plain = heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replace(/[^a-z0-9]/g, '');
  return columnByHeading.get(plain);
}
