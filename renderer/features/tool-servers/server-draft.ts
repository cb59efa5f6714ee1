import type { ToolServerDraft, ToolServerView } from '../../../node-core/api/mcp-views.ts';

/** A name and a value of the form. `isKept`: there is a value already, and an empty field leaves it. */
export interface NamedValue {
  /** Tells rows apart. */
  readonly key: number;
  readonly name: string;
  readonly value: string;
  readonly isKept: boolean;
}

/** What the form holds: the fields of both kinds, so that changing the kind loses nothing. */
export interface ServerFields {
  readonly kind: 'stdio' | 'http';
  readonly name: string;
  readonly command: string;
  /** One a line. */
  readonly args: string;
  readonly folder: string;
  readonly environment: readonly NamedValue[];
  readonly url: string;
  readonly headers: readonly NamedValue[];
}

export const emptyFields: ServerFields = {
  kind: 'stdio',
  name: '',
  command: '',
  args: '',
  folder: '',
  environment: [],
  url: '',
  headers: [],
};

/** The form for a server that is here already. */
export function fieldsOf({ name, definition }: Pick<ToolServerView, 'name' | 'definition'>): ServerFields {
  const kept = (names: readonly string[]): NamedValue[] =>
    names.map((each, key) => ({ key, name: each, value: '', isKept: true }));
  if (definition.kind === 'http') {
    return { ...emptyFields, kind: 'http', name, url: definition.url, headers: kept(definition.headerNames) };
  }
  const { command, args, folder, environmentNames } = definition;
  const environment = kept(environmentNames);
  return { ...emptyFields, kind: 'stdio', name, command, args: args.join('\n'), folder: folder ?? '', environment };
}

/** What the form says, as the node takes it. */
export function draftOf(fields: ServerFields): ToolServerDraft {
  const { kind, name, command, folder, url } = fields;
  if (kind === 'http')
    return { kind, name: name.trim() || hostOf(url), url: url.trim(), headers: valuesOf(fields.headers) };
  const args = fields.args.split('\n').map((line) => line.replace(/\r$/, ''));
  const used = args.filter((line) => line !== '');
  return {
    kind,
    name: name.trim() || lastPart(command),
    command: command.trim(),
    args: used,
    folder: folder.trim() === '' ? null : folder.trim(),
    environment: valuesOf(fields.environment),
  };
}

/** Whether there is enough to ask the node about it. */
export const isFilled = ({ kind, command, url }: ServerFields): boolean =>
  (kind === 'stdio' ? command : url).trim() !== '';

const valuesOf = (values: readonly NamedValue[]): { name: string; value: string | null }[] =>
  values
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, value, isKept }) => ({ name: name.trim(), value: isKept && value === '' ? null : value }));

const lastPart = (command: string): string => (command.trim().split(/[\\/]/).at(-1) ?? '').slice(0, 60) || 'server';
const hostOf = (url: string): string => (URL.parse(url.trim())?.host ?? '').slice(0, 60) || 'server';
