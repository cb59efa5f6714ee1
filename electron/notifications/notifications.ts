import { app, Notification } from 'electron';
import type { NodeLink } from '../node/node-link.ts';
import type { ShellState } from '../shell/shell-state.ts';
import type { StateWatch } from '../shell/state-watch.ts';
import type { MainWindow } from '../window/main-window.ts';
import { AnswerEnds } from './answer-ends.ts';
import {
  decideNotification,
  type NotificationEvent,
  type ShownNotification,
  type Subject,
  toldAfter,
} from './decide-notification.ts';
import { WaitingDeeds } from './waiting-deeds.ts';

/** What notifications are made of. */
export interface NotificationParts {
  readonly link: Pick<NodeLink, 'watch'>;
  readonly state: ShellState;
  readonly seen: StateWatch;
  readonly window: Pick<MainWindow, 'get' | 'show' | 'ask'>;
}

/** Tells the person what they should know while they do not see the window, for as long as the app runs. */
export function showNotifications(parts: NotificationParts): void {
  let told: ReadonlyMap<Subject, string> = new Map();
  const standing = new Map<Subject, Notification>();
  const take = (event: NotificationEvent): void => {
    const state = parts.seen.get();
    const act = decideNotification(event, {
      state,
      hive: state.hive,
      settings: parts.state.get().settings.notifications,
      isWindowVisible: isLookedAt(parts.window),
      isWindowFocused: isLookedAt(parts.window) && parts.window.get()?.isFocused() === true,
      told,
      now: Date.now(),
    });
    told = toldAfter(told, act);
    if ('subjects' in act) for (const subject of act.subjects) close(standing, subject);
    if (!('notification' in act)) return;
    close(standing, act.notification.subject);
    if (act.kind !== 'seen' && Notification.isSupported()) show(act.notification, parts, standing);
  };
  const ends = new AnswerEnds();
  parts.link.watch(
    'conversations.watch',
    {},
    {
      next(item) {
        const event = ends.take(item);
        if (event) take(event);
      },
    },
  );
  let names: ReadonlyMap<string, string> = new Map();
  parts.link.watch(
    'agents.watch',
    {},
    {
      next(agents) {
        names = new Map(agents.map(({ id, name }) => [id, name]));
      },
    },
  );
  const waiting = new WaitingDeeds();
  parts.link.watch(
    'hands.watch',
    {},
    {
      next(item) {
        for (const event of waiting.take(item)) {
          take(event.kind === 'approval-asked' ? { ...event, agent: names.get(event.agentId) ?? '' } : event);
        }
      },
    },
  );
  parts.seen.watch(() => {
    for (const kind of ['state', 'certificate', 'membership'] as const) take({ kind });
  });
  parts.state.watch(({ update }) => take({ kind: 'update', update }));
  app.on('browser-window-focus', () => take({ kind: 'window-shown' }));
}

function isLookedAt(window: Pick<MainWindow, 'get'>): boolean {
  const present = window.get();
  return present !== null && !present.isDestroyed() && present.isVisible() && !present.isMinimized();
}

function show(shown: ShownNotification, { window }: NotificationParts, standing: Map<Subject, Notification>): void {
  const { subject, title, body, command } = shown;
  const notification = new Notification({ title, body });
  // Electron keeps one alive only while somebody holds it.
  standing.set(subject, notification);
  notification.on('click', () => {
    if (command) window.ask(command);
    else window.show();
  });
  notification.on('close', () => {
    if (standing.get(subject) === notification) standing.delete(subject);
  });
  notification.show();
}

function close(standing: Map<Subject, Notification>, subject: Subject): void {
  const notification = standing.get(subject);
  standing.delete(subject);
  notification?.close();
}
