import { type ConfigKey, listConfigKeys } from './configKeys.ts';

/** The table of all keys for docs/CONFIGURATION.md, in Markdown, one per group of keys. */
export function renderKeyTable(): string {
  const groups = new Map<string, ConfigKey[]>();
  for (const key of listConfigKeys()) {
    const group = key.path.length > 1 ? (key.path[0] ?? '') : '';
    groups.set(group, [...(groups.get(group) ?? []), key]);
  }
  return [...groups].map(([group, keys]) => renderGroup(group, keys)).join('\n\n');
}

function renderGroup(group: string, keys: readonly ConfigKey[]): string {
  return [
    `### ${group === '' ? 'General' : `\`${group}\``}`,
    '',
    '| Key | Default | Meaning | Environment variable |',
    '| --- | --- | --- | --- |',
    ...keys.map(renderRow),
  ].join('\n');
}

function renderRow(key: ConfigKey): string {
  const unit = describeUnit(key.path.at(-1) ?? '');
  const choices = key.choices === null ? '' : ` One of ${key.choices.map((choice) => `\`${choice}\``).join(', ')}.`;
  const cells = [
    `\`${key.path.join('.')}\``,
    key.defaultValue === undefined ? '—' : `\`${JSON.stringify(key.defaultValue)}\`${unit}`,
    `${key.description}${choices}`,
    `\`${key.environmentName}\``,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function describeUnit(name: string): string {
  return name.endsWith('Ms') ? ' ms' : '';
}
