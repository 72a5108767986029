export { DurableJsonFile, type Parse } from './DurableJsonFile.ts';
export { loadSecrets, type Secrets } from './loadSecrets.ts';
