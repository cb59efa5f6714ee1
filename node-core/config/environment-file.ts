import { parseEnv } from 'node:util';

/** Names and values of a `.env` file: inline comments, quotes, `export` and CRLF as Node's own reader has them. */
export function parseEnvironmentFile(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(parseEnv(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')))) {
    if (value !== undefined) values[name] = value;
  }
  return values;
}
