import { type ESTree, parseSync, Visitor } from 'vite';

/**
 * What a TypeScript or JavaScript file imports, in any form: `import`, `import type`, `export from`, `import()`,
 * `typeof import()` and `require()`. Throws when the file cannot be parsed.
 */
export function findImports(file: string, source: string): readonly string[] {
  const result = parseSync(file, source);
  if (result.errors[0]) throw new Error(`${file}: ${result.errors[0].message}`);
  const found = new Set<string>();
  const add = (node: ESTree.Node | null | undefined): void => {
    if (node?.type === 'Literal' && typeof node.value === 'string') found.add(node.value);
  };
  const addSource = (node: { readonly source: ESTree.Node | null }): void => add(node.source);
  const addRequired = (node: ESTree.CallExpression): void => {
    if (node.callee.type === 'Identifier' && node.callee.name === 'require') add(node.arguments[0]);
  };
  new Visitor({
    ImportDeclaration: addSource,
    ExportAllDeclaration: addSource,
    ExportNamedDeclaration: addSource,
    ImportExpression: addSource,
    TSImportType: addSource,
    CallExpression: addRequired,
  }).visit(result.program);
  return [...found];
}
