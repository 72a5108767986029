export { type DtlsAssociation, DtlsHandshakes } from './DtlsHandshakes.ts';
export type { DtlsKeys, DtlsTerms, Fingerprint } from './dtlsMessages.ts';
