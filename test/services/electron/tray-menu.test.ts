import { describe, expect, test } from 'vitest';
import { type TrayView, trayMenu, trayTooltip } from '../../../electron/tray/tray-menu.ts';
import type { NodeState } from '../../../node-core/protocol/node-state.ts';
import type { StateReason } from '../../../node-core/protocol/state-reason.ts';

const minute = 60_000;
const now = 100 * minute;
const since = now - 5 * minute;
const view = (state: NodeState, reasons: readonly StateReason[] = [], isRunning = true): TrayView => ({
  state,
  reasons,
  checks: [],
  at: now - 12_000,
  isRunning,
  hive: null,
});
const lost = { kind: 'model-unreachable', model: 'llama', host: 'lab:8080', since, checkedAt: now - 12_000 } as const;
const refused: StateReason = { ...lost, cause: 'refused', fix: 'check' };
const noKey: StateReason = { ...lost, cause: 'key', fix: 'open-models' };
const paused: StateReason = { kind: 'paused-by-person', since, fix: 'resume' };
const gaveUp: StateReason = {
  kind: 'runtime-gave-up',
  cause: 'keeps-crashing',
  since,
  sentence: 'It ended 5 times in 10 minutes.',
  fix: 'restart',
};

/** The menu as a person reads it: texts plain, actions in brackets, what cannot be done in round ones. */
const read = (shown: TrayView): string[] =>
  trayMenu(shown, now).map((item) => {
    if (item.kind === 'line') return '—';
    if (item.kind === 'text') return item.label;
    return item.isEnabled ? `[${item.label}]` : `(${item.label})`;
  });
const always = ['[Open Nunba]', '[New chat]'];

describe('the tray', () => {
  test('alone and well', () => {
    const shown = view('flat');
    expect(read(shown)).toEqual([
      'Working alone, all well, as of 12 s ago',
      '—',
      ...always,
      '[Pause agents]',
      '[Check now]',
      '[Settings]',
      '—',
      '[Quit Nunba]',
    ]);
    expect(trayTooltip(shown, now)).toBe('Nunba: Working alone, all well, as of 12 s ago');
  });

  test('in a hive: its name and how long the certificate lasts', () => {
    const hive = { name: 'Lakeside', certificateEndsAt: Date.UTC(2026, 5, 5), isMember: true };
    const shown = { ...view('healthy'), hive };
    expect(read(shown).slice(0, 3)).toEqual([
      'In hive Lakeside, all well, as of 12 s ago',
      'Hive Lakeside, certificate until 2026-06-05',
      '—',
    ]);
    expect(trayTooltip(shown, now)).toBe('Nunba: In hive Lakeside, all well, as of 12 s ago');
    expect(read({ ...shown, hive: { ...hive, isMember: false } })[1]).toBe('—');
  });

  test.each<[StateReason, string]>([
    [{ kind: 'join-pending', host: 'hive.test', since, fix: 'open-join' }, '[Show how joining goes]'],
    [{ kind: 'membership-ended', ending: 'lapsed', said: '', since, fix: 'open-trust' }, '[Open Trust]'],
    [{ kind: 'database-damaged', problem: 'page 4', since, fix: 'open-storage' }, '[Open Settings, Storage]'],
    [{ kind: 'membership-lapsed', host: 'hive.test', since, fix: 'renew' }, '[Renew the certificate now]'],
  ])('%j is mended from the menu', (reason, expected) => {
    expect(read(view('attention', [reason]))).toContain(expected);
  });

  test('what needs the node cannot be chosen without it', () => {
    const lapsed: StateReason = { kind: 'membership-lapsed', host: 'hive.test', since, fix: 'renew' };
    expect(read(view('joining', [lapsed], false))).toContain('(Renew the certificate now)');
  });

  test('degraded: the reason in lines that a menu can show', () => {
    expect(read(view('degraded', [refused])).slice(0, 4)).toEqual([
      'llama does not answer, asked 12 s ago',
      'Nothing answers at lab:8080. Start the program that serves the',
      'model, then try again.',
      '—',
    ]);
  });

  test('paused: Resume in place of Pause', () => {
    const items = read(view('paused', [paused]));
    expect(items[0]).toBe('Agents are paused, for 5 minutes');
    expect(items).toContain('[Resume agents]');
    expect(items).not.toContain('[Pause agents]');
  });

  test('a reason that a setting mends leads there', () => {
    expect(read(view('degraded', [noKey]))).toContain('[Open Settings, Models]');
  });

  test('given up: Restart, and nothing that needs a node', () => {
    const items = read(view('attention', [gaveUp, paused], false));
    expect(items).toEqual(expect.arrayContaining(['[Restart Nunba’s runtime]', '(Resume agents)', '(Check now)']));
    expect(items.filter((item) => item.startsWith('['))).toEqual([
      '[Restart Nunba’s runtime]',
      ...always,
      '[Settings]',
      '[Quit Nunba]',
    ]);
  });

  test('no more than two reasons, and no line too long', () => {
    const items = read(view('attention', [gaveUp, paused, refused], false));
    expect(items.join(' ')).not.toContain('lab:8080');
    expect(items.filter((item) => item.length > 66)).toEqual([]);
  });
});
