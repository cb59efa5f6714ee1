import { english } from '../../node-core/api/english.ts';
import type { DesktopSettings, ShellCommand, UpdateView } from '../../node-core/api/shell-views.ts';
import { reasonSentence, reasonTitle } from '../../node-core/api/state-sentences.ts';
import { type NodeState, type StateDecision, stateOf } from '../../node-core/protocol/node-state.ts';
import type { StateReason } from '../../node-core/protocol/state-reason.ts';
import type { SeenHive } from '../shell/state-watch.ts';

/** What a notification is about: at most one stands for each, and a newer one replaces it. */
export type Subject =
  | `conversation:${string}`
  | `approval:${string}`
  | 'health'
  | 'certificate'
  | 'membership'
  | 'update';

/** Something that may be worth a notification. Halts come with what brings them. */
export type NotificationEvent =
  /** An agent has ended its answer in this conversation. */
  | { readonly kind: 'answer-ended'; readonly conversationId: string; readonly title: string }
  | { readonly kind: 'conversation-removed'; readonly conversationId: string }
  /** An agent of that name waits for the person in this conversation; `calls` tells what for. Empty: nobody knows it. */
  | {
      readonly kind: 'approval-asked';
      readonly conversationId: string;
      readonly agent: string;
      readonly calls: string;
    }
  | { readonly kind: 'approval-ended'; readonly conversationId: string }
  /** The state changed, or some time went by; each of these looks at one subject. */
  | { readonly kind: 'state' }
  | { readonly kind: 'certificate' }
  | { readonly kind: 'membership' }
  | { readonly kind: 'update'; readonly update: UpdateView }
  | { readonly kind: 'window-shown' };

/** What else the decision hangs on. */
export interface NotificationWorld {
  readonly state: Pick<StateDecision, 'state' | 'reasons'>;
  /** The hive that this node is in, or joins; `null`: none. */
  readonly hive: SeenHive | null;
  readonly settings: DesktopSettings['notifications'];
  readonly isWindowVisible: boolean;
  /** The person works in the window: it is visible, and in front of all others. */
  readonly isWindowFocused: boolean;
  /** What stands now, or was told and closed since, or seen in the window: its subject and what it told. */
  readonly told: ReadonlyMap<Subject, string>;
  /** ms since the epoch */
  readonly now: number;
}

export interface ShownNotification {
  readonly subject: Subject;
  /** Tells it from others of the subject: the same is not told twice. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  /** What a click asks of the page; `null`: the window is shown. */
  readonly command: ShellCommand | null;
}

export type NotificationAct =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'show' | 'replace'; readonly notification: ShownNotification }
  /** The window tells it, so that it need not be told again once that is hidden. */
  | { readonly kind: 'seen'; readonly notification: ShownNotification }
  /** It no longer holds, and may be told again. */
  | { readonly kind: 'close'; readonly subjects: readonly Subject[] }
  /** The window tells it now. */
  | { readonly kind: 'hush'; readonly subjects: readonly Subject[] };

/** Trouble that lasts no longer is not told, ms. */
const troubleMs = 5 * 60_000;
const titleChars = 80;

const nothing: NotificationAct = { kind: 'nothing' };

/** What becomes of the system's notifications (interface.md, Notifications). Pure. */
export function decideNotification(event: NotificationEvent, world: NotificationWorld): NotificationAct {
  switch (event.kind) {
    case 'window-shown':
      return world.told.size === 0 ? nothing : { kind: 'hush', subjects: [...world.told.keys()] };
    case 'conversation-removed':
      return closing(`conversation:${event.conversationId}`, world);
    case 'answer-ended':
      return answerEnded(event, world);
    case 'approval-asked':
      return approvalAsked(event, world);
    case 'approval-ended':
      return closing(`approval:${event.conversationId}`, world);
    case 'state':
      return trouble(world);
    case 'certificate':
      return certificateEnding(world);
    case 'membership':
      return membership(world);
    case 'update':
      return updateReady(event.update, world);
  }
}

/** An answer that ended because the agents were paused has told its end already. */
function answerEnded(
  { conversationId, title }: Extract<NotificationEvent, { kind: 'answer-ended' }>,
  world: NotificationWorld,
): NotificationAct {
  const isPaused = world.state.reasons.some(({ kind }) => kind === 'paused-by-person');
  if (!world.settings.answers || isPaused) return nothing;
  return showing(
    {
      subject: `conversation:${conversationId}`,
      key: `${conversationId} ${world.now}`,
      title: chatTitle(title),
      body: 'The agent has ended its answer.',
      command: { kind: 'conversation', id: conversationId },
    },
    world,
  );
}

/**
 * Says who waits; what for, and in which chat, is said in the window alone. An agent cannot go on until it is answered, so
 * this is told as well where the window is open behind others.
 */
function approvalAsked(
  { conversationId, agent, calls }: Extract<NotificationEvent, { kind: 'approval-asked' }>,
  world: NotificationWorld,
): NotificationAct {
  if (!world.settings.answers) return nothing;
  return showing(
    {
      subject: `approval:${conversationId}`,
      key: calls,
      title: `${agent === '' ? 'An agent' : agent.slice(0, titleChars)} needs your approval`,
      body: 'Nothing is done before you answer.',
      command: { kind: 'conversation', id: conversationId },
    },
    { ...world, isWindowVisible: world.isWindowFocused },
  );
}

const chatTitle = (title: string): string => (title === '' ? 'New chat' : title.slice(0, titleChars));

function trouble(world: NotificationWorld): NotificationAct {
  const { state, reasons } = world.state;
  const first = isTrouble(state) ? reasons.find((reason) => isOfHealth(reason, world.now)) : undefined;
  if (!first || !('since' in first)) return closing('health', world);
  if (!world.settings.health || world.now - first.since < troubleMs) return nothing;
  return showing(
    {
      subject: 'health',
      key: `${first.kind} ${first.since}`,
      title: english(reasonTitle(first)),
      body: english(reasonSentence(first)),
      command: { kind: 'page', page: 'health' },
    },
    world,
  );
}

const isTrouble = (state: NodeState | null): boolean => state === 'degraded' || state === 'attention';

/** What another subject tells is not told a second time. */
const isOfHealth = (reason: StateReason, now: number): boolean =>
  reason.kind !== 'renewal-failing' && !placeKinds.has(reason.kind) && isTrouble(stateOf(reason, now));

/** The renewal of a certificate in its last quarter fails: no time is to be lost. */
function certificateEnding(world: NotificationWorld): NotificationAct {
  const reason = world.state.reasons.find(({ kind }) => kind === 'renewal-failing');
  if (reason?.kind !== 'renewal-failing') return closing('certificate', world);
  if (!world.settings.hive) return nothing;
  return showing(
    {
      subject: 'certificate',
      key: `${reason.since}`,
      title: english(reasonTitle(reason)),
      body: english(reasonSentence(reason)),
      command: { kind: 'page', page: 'health' },
    },
    world,
  );
}

/** What is told while a join goes on, so that its end can be told from a membership of old. */
const joining = 'joining';

/** A join has ended, well or not, or a membership has. */
function membership(world: NotificationWorld): NotificationAct {
  const reason = world.state.reasons.find(({ kind }) => placeKinds.has(kind));
  if (!reason || !('since' in reason)) return joined(world);
  const ended = reason.kind === 'join-failed' || reason.kind === 'membership-ended';
  const notification: ShownNotification = {
    subject: 'membership',
    key: ended ? `${reason.kind} ${reason.since}` : joining,
    title: english(reasonTitle(reason)),
    body: english(reasonSentence(reason)),
    command: { kind: 'page', page: reason.kind === 'membership-ended' ? 'trust' : 'join' },
  };
  if (!ended) return world.told.get('membership') === joining ? nothing : { kind: 'seen', notification };
  return world.settings.hive ? showing(notification, world) : nothing;
}

const placeKinds: ReadonlySet<StateReason['kind']> = new Set([
  'join-unconfirmed',
  'join-applying',
  'join-pending',
  'join-failed',
  'membership-ended',
] as const);

function joined(world: NotificationWorld): NotificationAct {
  if (!world.hive?.isMember) return closing('membership', world);
  if (world.told.get('membership') !== joining || !world.settings.hive) return nothing;
  const name = world.hive.name === null ? 'the hive' : `hive ${world.hive.name}`;
  return showing(
    {
      subject: 'membership',
      key: 'joined',
      title: `This computer is in ${name} now`,
      body: 'The certificate has come. Trust says who can stop agents here, and who can read what.',
      command: { kind: 'page', page: 'trust' },
    },
    world,
  );
}

function updateReady(update: UpdateView, world: NotificationWorld): NotificationAct {
  if (update.kind !== 'ready') return closing('update', world);
  if (!world.settings.updates) return nothing;
  return showing(
    {
      subject: 'update',
      key: update.version,
      title: `Nunba ${update.version} is ready`,
      body: 'It was downloaded and checked. It is installed when you quit, or now if you like.',
      command: { kind: 'settings', section: 'updates' },
    },
    world,
  );
}

/** What is told after an act: what lasts is told once, however often the window is shown and hidden meanwhile. Pure. */
export function toldAfter(told: ReadonlyMap<Subject, string>, act: NotificationAct): ReadonlyMap<Subject, string> {
  switch (act.kind) {
    case 'nothing':
      return told;
    case 'show':
    case 'replace':
    case 'seen':
      return new Map(told).set(act.notification.subject, act.notification.key);
    case 'close':
      return new Map([...told].filter(([subject]) => !act.subjects.includes(subject)));
    case 'hush':
      return new Map([...told].filter(([subject]) => lasts(subject)));
  }
}

/** The end of an answer happens once; everything else stays until it is over. */
const lasts = (subject: Subject): boolean => !subject.startsWith('conversation:');

function showing(notification: ShownNotification, world: NotificationWorld): NotificationAct {
  if (world.told.get(notification.subject) === notification.key) return nothing;
  if (world.isWindowVisible) return lasts(notification.subject) ? { kind: 'seen', notification } : nothing;
  return { kind: world.told.has(notification.subject) ? 'replace' : 'show', notification };
}

const closing = (subject: Subject, world: NotificationWorld): NotificationAct =>
  world.told.has(subject) ? { kind: 'close', subjects: [subject] } : nothing;
