import path from 'node:path';
import { FailureError } from '../../api/failures.ts';
import type { ToolServerDefinition, ToolServerDraft } from '../../api/mcp-views.ts';
import { serverLine } from './command-line.ts';

/** Secret values by name; `null`: the value that is kept already. */
export type GivenSecrets = Readonly<Record<string, string | null>>;

/** A draft that may be stored, its secret values apart. */
export interface CheckedDraft {
  readonly name: string;
  readonly definition: ToolServerDefinition;
  readonly secrets: GivenSecrets;
  readonly line: string;
}

const maxLineChars = 20_000;
const environmentName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
/** Those that the protocol and the connection set themselves. */
const ownHeaders = /^(?:accept|content-type|content-length|host|connection|transfer-encoding|mcp-.*|last-event-id)$/i;
/**
 * Variables that make a program load other code than its command line says, from another place or another registry:
 * their values are not shown, so a file from somewhere could hide it there.
 */
const loaders: readonly RegExp[] = [
  /^(?:LD_.*|DYLD_.*|GCONV_PATH|PATH|PATHEXT|COMSPEC|BASH_ENV|ENV|ZDOTDIR|OPENSSL_(?:CONF|MODULES|ENGINES))$/i,
  /^(?:NODE_(?:OPTIONS|PATH)|(?:NPM_CONFIG|YARN|PNPM|COREPACK|BUN|DENO|JSR)_.*)$/i,
  /^(?:PYTHON(?!UNBUFFERED$|UTF8$|IOENCODING$|DONTWRITEBYTECODE$|HASHSEED$|WARNINGS$).*|(?:PIP|PIPX|UV|POETRY)_.*)$/i,
  /^(?:PERL5(?:OPT|LIB|DB)|RUBY(?:OPT|LIB)|GEM_(?:HOME|PATH)|BUNDLE_.*|CLASSPATH|_?(?:JAVA|JDK_JAVA)(?:_TOOL)?_OPTIONS)$/i,
  /^(?:DOTNET_(?:STARTUP_HOOKS|ADDITIONAL_DEPS|SHARED_STORE|ROOT.*)|COR(?:ECLR)?_(?:ENABLE_)?PROFIL.*|NUGET_.*)$/i,
  /^(?:GO(?:PROXY|FLAGS|ENV|PATH|ROOT|TOOLCHAIN)|CARGO_.*|RUSTC.*|GIT_(?:SSH|CONFIG|EXEC).*|DOCKER_(?:HOST|CONFIG|CONTEXT))$/i,
];

/** Checks what the schema of the contract cannot. @throws FailureError `invalid-input` */
export function checkDraft(draft: ToolServerDraft, isOwnAddress: (url: URL) => boolean): CheckedDraft {
  const checked = draft.kind === 'stdio' ? checkProgram(draft) : checkAddress(draft, isOwnAddress);
  if (checked.line.length > maxLineChars) refuse('command', 'too long to be read before it is run');
  return checked;
}

function checkProgram(draft: Extract<ToolServerDraft, { kind: 'stdio' }>): CheckedDraft {
  const { name, command, args, environment } = draft;
  const folder = draft.folder === '' ? null : draft.folder;
  if ([command, ...args, folder ?? ''].some((word) => word.includes('\0'))) refuse('command', 'not a line of text');
  if (/[\\/]/.test(command) && !path.isAbsolute(command)) refuse('command', 'neither a program’s name nor a full path');
  if (folder !== null && !path.isAbsolute(folder)) refuse('folder', 'not a full path');
  for (const each of environment) {
    if (!environmentName.test(each.name))
      refuse('environment', 'made of names with other characters than A-Z, 0-9 and _');
    if (loaders.some((loader) => loader.test(each.name)))
      refuse('environment', `not allowed to set ${each.name}, which would run other code than is shown`);
    if (each.value?.includes('\0')) refuse('environment', 'not a line of text');
  }
  const environmentNames = namesOf('environment', environment, false);
  const definition = { kind: 'stdio' as const, command, args, folder, environmentNames };
  return { name, definition, secrets: secretsOf(environment), line: serverLine(definition) };
}

function checkAddress(
  draft: Extract<ToolServerDraft, { kind: 'http' }>,
  isOwnAddress: (url: URL) => boolean,
): CheckedDraft {
  const url = URL.parse(draft.url);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return refuse('url', 'not a web address that begins with http:// or https://');
  }
  if (url.username !== '' || url.password !== '') refuse('url', 'holding a name or password; use a header for it');
  if (isOwnAddress(url)) refuse('url', 'Nunba’s own address');
  url.hash = '';
  for (const { name, value } of draft.headers) {
    if (!headerName.test(name)) refuse('headers', `not made of names of headers (${name})`);
    if (ownHeaders.test(name)) refuse('headers', `not allowed to set ${name}`);
    if (value !== null && !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      refuse('headers', 'holding a character that no header takes');
  }
  const headerNames = namesOf('headers', draft.headers, true);
  const definition = { kind: 'http' as const, url: url.href, headerNames };
  return { name: draft.name, definition, secrets: secretsOf(draft.headers), line: serverLine(definition) };
}

type Given = readonly { readonly name: string; readonly value: string | null }[];

function namesOf(field: string, given: Given, ignoresCase: boolean): string[] {
  const names = given.map(({ name }) => name);
  const compared = ignoresCase ? names.map((name) => name.toLowerCase()) : names;
  if (new Set(compared).size < names.length) refuse(field, 'naming one thing twice');
  return names;
}

const secretsOf = (given: Given): GivenSecrets => Object.fromEntries(given.map(({ name, value }) => [name, value]));

function refuse(field: string, reason: string): never {
  throw new FailureError({ kind: 'invalid-input', field, reason: reason.slice(0, 500) });
}
