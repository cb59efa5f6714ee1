import { english } from '../../node-core/api/english.ts';
import { pausedSince } from '../../node-core/api/shell-decision.ts';
import { describeStateAge, reasonSentence, stateSentence } from '../../node-core/api/state-sentences.ts';
import type { StateDecision } from '../../node-core/protocol/node-state.ts';
import type { StateFix } from '../../node-core/protocol/state-reason.ts';
import type { SeenHive } from '../shell/state-watch.ts';

/** What the tray shows is made of this. */
export interface TrayView extends StateDecision {
  /** When the node was last heard, ms since the epoch. */
  readonly at: number;
  /** The node can be asked. */
  readonly isRunning: boolean;
  readonly hive: SeenHive | null;
}

/** What an item of the tray's menu does. */
export type TrayAction =
  | 'open'
  | 'new-chat'
  | 'pause'
  | 'resume'
  | 'check'
  | 'restart'
  | 'open-models'
  | 'open-keys'
  | 'open-storage'
  | 'open-join'
  | 'open-trust'
  | 'renew'
  | 'settings'
  | 'quit';

export type TrayItem =
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'action'; readonly label: string; readonly action: TrayAction; readonly isEnabled: boolean }
  | { readonly kind: 'line' };

/** Longest line of a sentence in the menu, in characters: a menu does not wrap. */
const lineChars = 64;
/** Most reasons that are told; the page tells all. */
const mostReasons = 2;

/**
 * The tray's menu: the state, why and what mends it, then what can be done (interface.md, Tray). Pure.
 *
 * @param now ms since the epoch
 */
export function trayMenu(view: TrayView, now: number): readonly TrayItem[] {
  const { isRunning } = view;
  const reasons = view.reasons.slice(0, mostReasons);
  const isPaused = pausedSince(view) !== null;
  return [
    { kind: 'text', label: headline(view, now) },
    ...reasons.flatMap((reason) => linesOf(english(reasonSentence(reason)))),
    ...reasons.flatMap(({ fix }) => fixItem(fix, isRunning)),
    ...hiveItems(view.hive),
    { kind: 'line' },
    action('open', 'Open Nunba'),
    action('new-chat', 'New chat'),
    isPaused ? action('resume', 'Resume agents', isRunning) : action('pause', 'Pause agents', isRunning),
    action('check', 'Check now', isRunning),
    action('settings', 'Settings'),
    { kind: 'line' },
    action('quit', 'Quit Nunba'),
  ];
}

/** One sentence with its age. Pure. */
export function trayTooltip(view: TrayView, now: number): string {
  return `Nunba: ${headline(view, now)}`;
}

const headline = (view: TrayView, now: number): string =>
  `${english(stateSentence(view, view.hive?.name ?? null))}, ${describeStateAge(view, view.at, now)}`;

const action = (name: TrayAction, label: string, isEnabled = true): TrayItem => ({
  kind: 'action',
  label,
  action: name,
  isEnabled,
});

/** Resume and Check stand in the menu anyway. */
const fixLabels = {
  restart: 'Restart Nunba’s runtime',
  renew: 'Renew the certificate now',
  'open-keys': 'Open Settings, Keys',
  'open-models': 'Open Settings, Models',
  'open-storage': 'Open Settings, Storage',
  'open-join': 'Show how joining goes',
  'open-trust': 'Open Trust',
} as const;

function fixItem(fix: StateFix, isRunning: boolean): readonly TrayItem[] {
  if (fix === 'resume' || fix === 'check' || fix === 'wait') return [];
  return [action(fix, fixLabels[fix], fix !== 'renew' || isRunning)];
}

/** In which hive, and until when. */
function hiveItems(hive: SeenHive | null): readonly TrayItem[] {
  if (!hive?.isMember) return [];
  const { name, certificateEndsAt } = hive;
  const until =
    certificateEndsAt === null ? '' : `, certificate until ${new Date(certificateEndsAt).toISOString().slice(0, 10)}`;
  return linesOf(`${name === null ? 'A hive without a name' : `Hive ${name}`}${until}`);
}

function linesOf(sentence: string): readonly TrayItem[] {
  const lines: string[] = [];
  for (const word of sentence.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= lineChars) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((label) => ({ kind: 'text', label }));
}
