import { z } from 'zod';

/** How the node stands, as the shell that watches its process sees it. Times are ms since the epoch. */
export const runtimeViewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('starting'), since: z.number() }),
  z.object({ kind: z.literal('running'), since: z.number() }),
  /** It ended or hung and is started again. */
  z.object({
    kind: z.literal('restarting'),
    cause: z.enum(['crashed', 'hung']),
    since: z.number(),
    /** When the next start is tried. */
    nextAt: z.number(),
    /** Restarts within the last 10 minutes, this one included. */
    attempt: z.number().int().min(1),
  }),
  /** It is not started again by itself. */
  z.object({
    kind: z.literal('attention'),
    cause: z.enum(['keeps-crashing', 'cannot-start']),
    since: z.number(),
    /** Why, for the person. */
    sentence: z.string().max(2_000),
  }),
  z.object({ kind: z.literal('stopping'), since: z.number() }),
]);
export type RuntimeView = z.infer<typeof runtimeViewSchema>;

/** Past that many, the host that was trusted first is asked about again. */
export const mostTrustedHosts = 200;

/** What the person set for the desktop app alone. Everything that starts or stays by itself is off at first. */
export const desktopSettingsSchema = z.object({
  startAtLogin: z.boolean(),
  startHidden: z.boolean(),
  closeToTray: z.boolean(),
  updateChannel: z.enum(['stable', 'beta']),
  /** Which subjects may notify while the window is not visible. */
  notifications: z.object({ answers: z.boolean(), health: z.boolean(), hive: z.boolean(), updates: z.boolean() }),
  /** Hosts whose links open in the browser without a question; with a port where the address has one. */
  trustedHosts: z.array(z.string().min(1).max(260)).max(mostTrustedHosts),
});
export type DesktopSettings = z.infer<typeof desktopSettingsSchema>;

export const defaultDesktopSettings: DesktopSettings = {
  startAtLogin: false,
  startHidden: false,
  closeToTray: false,
  updateChannel: 'stable',
  notifications: { answers: true, health: true, hive: true, updates: true },
  trustedHosts: [],
};

/** Where an update stands. */
export const updateViewSchema = z.discriminatedUnion('kind', [
  /** This build names no feed. */
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('idle'), lastCheckedAt: z.number().nullable() }),
  z.object({ kind: z.literal('checking') }),
  z.object({
    kind: z.literal('downloading'),
    version: z.string().max(60),
    /** 0..1 */
    share: z.number().min(0).max(1),
    bytesPerSecond: z.number().nonnegative(),
  }),
  /** Downloaded, and its sum stands in a manifest signed by the release key. Installed on quit, or now. */
  z.object({ kind: z.literal('ready'), version: z.string().max(60), notes: z.string().max(20_000) }),
  z.object({ kind: z.literal('installing'), version: z.string().max(60) }),
  z.object({
    kind: z.literal('failed'),
    reason: z.enum([
      'unreachable',
      'feed-unreadable',
      'manifest-missing',
      'manifest-wrong-key',
      'package-changed',
      'older-version',
      'cut-download',
      'disk-full',
      'snapshot-failed',
      'install-failed',
      /** Nunba was not put here by an installer that could replace it. */
      'cannot-install-here',
      /** Its first start failed on this computer before. */
      'failed-before',
    ]),
    at: z.number(),
  }),
  /** The first start of a new version failed; the database is as it was before. */
  z.object({
    kind: z.literal('went-back'),
    failedVersion: z.string().max(60),
    previousVersion: z.string().max(60),
    /** The package of the previous version is kept here and verified, so it can be installed at once. */
    isPreviousKept: z.boolean(),
  }),
]);
export type UpdateView = z.infer<typeof updateViewSchema>;
/** Why an update is not installed. */
export type UpdateFailureReason = Extract<UpdateView, { kind: 'failed' }>['reason'];

/** Text that a deep link brought for a new chat. It is never sent by itself. */
export const linkedChatSchema = z.object({
  id: z.string().max(40),
  /** The agent that the link names, or `null`. */
  agentId: z.string().max(60).nullable(),
  text: z.string().max(2_048),
  /** `link`: the system handed over an address; `file`: it stood in a file that was opened. */
  source: z.enum(['link', 'file']),
});
export type LinkedChat = z.infer<typeof linkedChatSchema>;

/** A link to join a hive by. It is reviewed by the person; nothing is ever joined by itself. */
export const linkedJoinSchema = z.object({
  id: z.string().max(40),
  link: z.string().max(2_048),
  source: z.enum(['link', 'file']),
});
export type LinkedJoin = z.infer<typeof linkedJoinSchema>;

/** Something the person should know once. Shown until dismissed. */
export const shellNoticeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('link-refused'),
    reason: z.enum(['not-a-link', 'too-long', 'unknown-action', 'unknown-field', 'bad-agent', 'bad-text', 'bad-join']),
  }),
  z.object({ kind: z.literal('no-tray') }),
  /** A file that the person saved broke off after they had said where; its name there. */
  z.object({ kind: z.literal('save-failed'), name: z.string().max(300) }),
  z.object({ kind: z.literal('page-crashed') }),
  z.object({ kind: z.literal('graphics-off') }),
  /** The settings file could not be read; it was kept aside under this name and the settings began anew. */
  z.object({ kind: z.literal('settings-damaged'), keptAs: z.string().max(300) }),
  z.object({ kind: z.literal('settings-newer'), keptAs: z.string().max(300) }),
]);
export type ShellNotice = z.infer<typeof shellNoticeSchema>;

/** Everything the desktop shell tells the page, as one value. */
export const shellViewSchema = z.object({
  platform: z.enum(['darwin', 'win32', 'linux']),
  runtime: runtimeViewSchema,
  settings: desktopSettingsSchema,
  /** `none`: this desktop shows no tray, so closing the window quits. */
  tray: z.enum(['not-yet', 'shown', 'none']),
  update: updateViewSchema,
  linkedChat: linkedChatSchema.nullable(),
  linkedJoin: linkedJoinSchema.nullable(),
  notices: z.array(z.object({ id: z.string().max(40), notice: shellNoticeSchema })).max(20),
});
export type ShellView = z.infer<typeof shellViewSchema>;

/** What a menu, the tray or a notification asks of the page. */
export const shellCommandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new-chat') }),
  z.object({ kind: z.literal('search') }),
  z.object({ kind: z.literal('shortcuts') }),
  z.object({ kind: z.literal('focus-composer') }),
  z.object({ kind: z.literal('import') }),
  z.object({ kind: z.literal('export') }),
  z.object({ kind: z.literal('settings'), section: z.string().max(40) }),
  z.object({ kind: z.literal('conversation'), id: z.string().max(60) }),
  z.object({ kind: z.literal('page'), page: z.enum(['trust', 'health', 'members', 'join']) }),
]);
export type ShellCommand = z.infer<typeof shellCommandSchema>;
