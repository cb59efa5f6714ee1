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
} from './decide-notification.ts';

/** What notifications are made of. */
export interface NotificationParts {
  readonly link: Pick<NodeLink, 'watch'>;
  readonly state: ShellState;
  readonly seen: StateWatch;
  readonly window: Pick<MainWindow, 'get' | 'show' | 'ask'>;
}

interface Told {
  readonly key: string;
  /** `null`: the person has closed it. */
  notification: Notification | null;
}

/** Tells the person what they should know while they do not see the window, for as long as the app runs. */
export function showNotifications(parts: NotificationParts): void {
  const told = new Map<Subject, Told>();
  const take = (event: NotificationEvent): void => {
    const act = decideNotification(event, {
      state: parts.seen.get(),
      settings: parts.state.get().settings.notifications,
      isWindowVisible: isLookedAt(parts.window),
      told: new Map([...told].map(([subject, { key }]) => [subject, key])),
      now: Date.now(),
    });
    if (act.kind === 'close') for (const subject of act.subjects) close(told, subject);
    if (act.kind !== 'show' && act.kind !== 'replace') return;
    close(told, act.notification.subject);
    if (Notification.isSupported()) told.set(act.notification.subject, show(act.notification, parts, told));
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
  parts.seen.watch(() => take({ kind: 'state' }));
  parts.state.watch(({ update }) => take({ kind: 'update', update }));
  app.on('browser-window-focus', () => take({ kind: 'window-shown' }));
}

function isLookedAt(window: Pick<MainWindow, 'get'>): boolean {
  const present = window.get();
  return present !== null && !present.isDestroyed() && present.isVisible() && !present.isMinimized();
}

function show(shown: ShownNotification, { window }: NotificationParts, told: ReadonlyMap<Subject, Told>): Told {
  const { key, subject, title, body, command } = shown;
  const notification = new Notification({ title, body });
  const entry: Told = { key, notification };
  notification.on('click', () => {
    if (command) window.ask(command);
    else window.show();
  });
  // Electron keeps one alive only while somebody holds it; what it told stays known, so that it is not told again.
  notification.on('close', () => {
    if (told.get(subject) === entry) entry.notification = null;
  });
  notification.show();
  return entry;
}

function close(told: Map<Subject, Told>, subject: Subject): void {
  const entry = told.get(subject);
  told.delete(subject);
  entry?.notification?.close();
}
