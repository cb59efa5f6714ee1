import type { ToolServerDefinition } from '../../api/mcp-views.ts';

const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/;

/**
 * Exactly what a server runs or asks, in one line: the names of its own environment, the program and its arguments, each
 * quoted as a shell would want it, and the folder; or the address and the names of its headers. Two servers that would
 * run different things have different lines: nothing is left out but the secret values. Pure.
 */
export function serverLine(definition: ToolServerDefinition): string {
  if (definition.kind === 'http') {
    const headers = definition.headerNames.map((name) => ` ${name}: •••`).join('');
    return `${definition.url}${headers}`;
  }
  const { command, args, folder, environmentNames } = definition;
  const words = [...environmentNames.map((name) => `${quoted(name)}=•••`), ...[command, ...args].map(quoted)];
  const place = folder === null ? '' : `   (in ${quoted(folder)})`;
  return `${words.join(' ')}${place}`;
}

/** Characters that cannot be seen, or could turn a line around, are written out. */
const quoted = (word: string): string => {
  if (plainWord.test(word)) return word;
  if (!/[\p{C}\p{Zl}\p{Zp}]/u.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  const written = word
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (each) => `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`);
  return `$'${written}'`;
};
