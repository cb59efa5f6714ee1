import { maskSecrets } from '../../node-core/protocol/mask-secrets.ts';
import { maskHome } from './mask-home.ts';
import { readableLogLine } from './node-log-line.ts';

/** What the diagnostics are made of. */
export interface DiagnosticsFacts {
  /** ms since the epoch */
  readonly at: number;
  /** Name to version: Nunba, Electron, Chromium, Node. */
  readonly versions: Readonly<Record<string, string>>;
  readonly system: Readonly<Record<string, string | number | boolean>>;
  /** How the node's process stands, as the shell sees it. */
  readonly runtime: unknown;
  /** Of the desktop app; they hold no secret. */
  readonly settings: unknown;
  /** The node's status, or `null` where it does not answer. */
  readonly status: unknown;
  /** The last lines of the two logs, oldest first. */
  readonly shellLog: readonly string[];
  readonly nodeLog: readonly string[];
  /** The person's home folder; absolute. */
  readonly home: string;
}

/** Long runs of letters and digits with no meaning to a reader: tokens that carry no mark of whose they are. */
const opaque = /\b(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{40,}/g;

/** One text for a person to read, and to hand to somebody who helps them: no keys, no tokens, no chats, no name. */
export function diagnosticsText(facts: DiagnosticsFacts): string {
  const sections: readonly [string, string][] = [
    ['Versions', list(facts.versions)],
    ['System', list(facts.system)],
    ['Runtime, as the app sees it', json(facts.runtime)],
    ['Settings of the app', json(facts.settings)],
    ['Status of the runtime', facts.status === null ? 'It does not answer.' : json(facts.status)],
    ['Log of the app', facts.shellLog.join('\n') || 'empty'],
    ['Log of the runtime', facts.nodeLog.flatMap((line) => readableLogLine(line) ?? []).join('\n') || 'empty'],
  ];
  const text = [
    `Nunba: diagnostics of ${new Date(facts.at).toISOString()}`,
    'Keys, tokens and chats are not in here, and ~ stands for your home folder. Read it before you hand it to anybody.',
    ...sections.map(([title, body]) => `\n== ${title} ==\n${body}`),
    '',
  ].join('\n');
  return maskHome(maskSecrets(text).replace(opaque, '***'), facts.home);
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);

const list = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('\n');
