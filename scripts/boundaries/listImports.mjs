import { parseSync } from 'vite';

/**
 * What a TypeScript file imports, types included, by the text in quotes. An `import(...)` of something computed isn't
 * listed.
 *
 * @param {string} file its name decides between TypeScript and TSX
 * @param {string} text
 * @returns {string[]}
 * @throws when the file can't be parsed
 */
export function listImports(file, text) {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const found = [];
  visit(program, (node) => {
    if (importing.has(node.type) && typeof node.source?.value === 'string') found.push(node.source.value);
  });
  return found;
}

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function visit(value, onNode) {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, onNode);
  } else if (value && typeof value === 'object') {
    if (typeof value.type === 'string') onNode(value);
    for (const item of Object.values(value)) visit(item, onNode);
  }
}
