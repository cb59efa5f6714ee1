import { z } from 'zod';
import { desktopSettingsSchema } from './shell-views.ts';

const nothing = z.object({});
const done = z.object({});
const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

/**
 * Every call of the page to the desktop shell, as one value. Both ends validate with it; the shell also checks who
 * calls. What the shell tells by itself is its view (`shell-views.ts`), pushed whole on every change.
 */
export const shellContract = {
  /** Starts the node anew after it was given up. */
  'runtime.restart': call(nothing, done),
  'logs.open': call(nothing, done),
  /** Asks where, and writes a readable file without secrets and chat text. `null`: the person changed their mind. */
  'diagnostics.save': call(nothing, z.object({ file: z.string().max(2_000).nullable() })),
  /** Of the trusted hosts the page can only take away: it is the person who trusts one, when the shell asks. */
  'settings.update': call(desktopSettingsSchema.partial(), done),
  'updates.check': call(nothing, done),
  /** Quits and installs the update that is ready. */
  'updates.install': call(nothing, done),
  /** Installs the kept previous version, or shows where to get it. */
  'updates.goBack': call(nothing, done),
  /** The page has put the linked text into the composer. */
  'linkedChat.taken': call(z.object({ id: z.string().max(40) }), done),
  /** The page shows the link to join by. */
  'linkedJoin.taken': call(z.object({ id: z.string().max(40) }), done),
  'notice.dismiss': call(z.object({ id: z.string().max(40) }), done),
} as const;

export type ShellCallName = keyof typeof shellContract;
export type ShellCallInput<N extends ShellCallName> = z.input<(typeof shellContract)[N]['input']>;
export type ShellCallArgument<N extends ShellCallName> = z.output<(typeof shellContract)[N]['input']>;
export type ShellCallResult<N extends ShellCallName> = z.output<(typeof shellContract)[N]['output']>;

/** Answers one call; throws a FailureError for what the person can act on. */
export type ShellCallHandlers = {
  readonly [N in ShellCallName]: (input: ShellCallArgument<N>) => Promise<ShellCallResult<N>> | ShellCallResult<N>;
};

/** What the preload script gives the page, as `window.nunbaShell`; the page's end of the shell. */
export interface ShellApi {
  /** Asks for a port to the node; it arrives as the window message `nunba:port`. */
  requestPort(): void;
  /** Resolves with `{isOk: true, value}` or `{isOk: false, failure}`, as `shell-client.ts` of the page reads it. */
  call(name: string, input: unknown): Promise<unknown>;
  /** Tells the present view soon and every later one; one listener. */
  watch(listener: (view: unknown) => void): void;
  /** What a menu or the tray asks for; one listener. */
  onCommand(listener: (command: unknown) => void): void;
}

/** Names of the messages between preload and main. The sandboxed preload cannot load this file and repeats them. */
export const shellMessages = {
  port: 'nunba:port',
  call: 'nunba:call',
  watch: 'nunba:watch',
  view: 'nunba:view',
  command: 'nunba:command',
} as const;
