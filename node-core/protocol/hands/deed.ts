import type { JsonValue } from '../json-value.ts';

/** One change to one file or folder, as it is shown before it happens. Paths are absolute. */
export type FileChange =
  /** A file that is not there yet. */
  | { readonly kind: 'create'; readonly path: string; readonly sizeBytes: number; readonly diff: string }
  /** New content of a file that is there. `diff` is a unified diff, cut where it is very long. */
  | { readonly kind: 'rewrite'; readonly path: string; readonly sizeBytes: number; readonly diff: string }
  | { readonly kind: 'move'; readonly from: string; readonly to: string }
  | { readonly kind: 'make-folder'; readonly path: string }
  /** Taken out of the folder, kept by Nunba so that it can be undone. */
  | { readonly kind: 'remove'; readonly path: string; readonly sizeBytes: number };

/**
 * The exact thing that a tool is about to do, known before it is done and shown to the person. Whatever only reads
 * what is within the agent's reach anyway (a folder that the person picked, own chats) is no deed.
 */
export type Deed =
  | {
      readonly kind: 'change-files';
      /** The picked folder that all of them are in, absolute. */
      readonly folder: string;
      readonly changes: readonly FileChange[];
    }
  /** A page of the web is asked for; whoever answers there learns the address of this computer, and the address asked. */
  | { readonly kind: 'fetch-page'; readonly url: string; readonly host: string }
  /** A program is run as the person, with all that the person may do. */
  | {
      readonly kind: 'run-command';
      readonly command: string;
      readonly folder: string;
      /** It is ended after so long. Absent of deeds that were noted before this was. */
      readonly seconds?: number | undefined;
    }
  /** A tool of a server that the person added. */
  | {
      readonly kind: 'call-server';
      readonly serverId: string;
      readonly serverName: string;
      readonly toolName: string;
      readonly arguments: JsonValue;
    };

/** How long a command runs at most where nobody says otherwise, seconds. */
export const usualCommandSeconds = 60;

/** What a permission that outlives one deed is about: never more than what was shown, and never "anything". */
export type DeedSubject =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'host'; readonly host: string }
  | {
      readonly kind: 'command';
      readonly command: string;
      readonly folder: string;
      /** Longest run. Absent of permissions that were kept before this was. */
      readonly seconds?: number | undefined;
    }
  | { readonly kind: 'server-tool'; readonly serverId: string; readonly serverName: string; readonly toolName: string };

/** What a lasting permission for this deed would be about. Pure. */
export function subjectOf(deed: Deed): DeedSubject {
  switch (deed.kind) {
    case 'change-files':
      return { kind: 'folder', folder: deed.folder };
    case 'fetch-page':
      // Without encryption others on the way read along and answer in its place: allowed apart.
      return { kind: 'host', host: deed.url.startsWith('http:') ? `http://${deed.host}` : deed.host };
    case 'run-command':
      return {
        kind: 'command',
        command: deed.command,
        folder: deed.folder,
        ...(deed.seconds === undefined ? {} : { seconds: deed.seconds }),
      };
    case 'call-server': {
      const { serverId, serverName, toolName } = deed;
      return { kind: 'server-tool', serverId, serverName, toolName };
    }
  }
}

/** Whether two subjects are the same one: letter by letter, no prefixes, no patterns. */
export function isSameSubject(one: DeedSubject, other: DeedSubject): boolean {
  switch (one.kind) {
    case 'folder':
      return other.kind === 'folder' && one.folder === other.folder;
    case 'host':
      return other.kind === 'host' && one.host === other.host;
    case 'command':
      return other.kind === 'command' && isSameLine(one, other) && secondsOf(one) === secondsOf(other);
    case 'server-tool':
      return other.kind === 'server-tool' && one.serverId === other.serverId && one.toolName === other.toolName;
  }
}

/** Whether a permission about `allowed` is enough for `asked`: the same, and of a command no longer run than that. */
export function isWithinSubject(asked: DeedSubject, allowed: DeedSubject): boolean {
  if (asked.kind !== 'command' || allowed.kind !== 'command') return isSameSubject(asked, allowed);
  return isSameLine(asked, allowed) && secondsOf(asked) <= secondsOf(allowed);
}

type CommandSubject = Extract<DeedSubject, { kind: 'command' }>;

const isSameLine = (one: CommandSubject, other: CommandSubject): boolean =>
  one.command === other.command && one.folder === other.folder;

const secondsOf = ({ seconds }: CommandSubject): number => seconds ?? usualCommandSeconds;
