export type { Environment, ReadFile } from './applyEnvironment.ts';
export { ConfigError, type ConfigProblem } from './ConfigError.ts';
export { type ConfigKey, listConfigKeys } from './configKeys.ts';
export type { WrittenConfig } from './configSchema.ts';
export { type ConfigSource, type LoadedConfig, loadConfig } from './loadConfig.ts';
export type { Config } from './resolveConfig.ts';
