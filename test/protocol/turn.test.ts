import { expect, test } from 'vitest';
import { isRunning, nextTurn, type TurnEvent, type TurnKind } from '../../node-core/protocol/turn.ts';

const kinds: readonly TurnKind[] = ['queued', 'streaming', 'complete', 'stopped', 'failed', 'interrupted'];
const events: readonly TurnEvent[] = ['start', 'finish', 'stop', 'fail', 'recover', 'continue'];

/** Every move there is; everything else is none. */
const moves: Readonly<Record<string, TurnKind>> = {
  'queued start': 'streaming',
  'queued stop': 'stopped',
  'queued fail': 'failed',
  'queued recover': 'interrupted',
  'streaming finish': 'complete',
  'streaming stop': 'stopped',
  'streaming fail': 'failed',
  'streaming recover': 'interrupted',
  'complete continue': 'queued',
  'stopped continue': 'queued',
  'failed continue': 'queued',
  'interrupted continue': 'queued',
};

const all = kinds.flatMap((kind) => events.map((event) => [kind, event] as const));

test.each(all)('%s, %s', (kind, event) => {
  expect(nextTurn(kind, event)).toBe(moves[`${kind} ${event}`] ?? null);
});

test('only a turn that is queued or streaming is at work', () => {
  expect(kinds.filter(isRunning)).toEqual(['queued', 'streaming']);
});

test('a turn at work can always be stopped, can fail and can be found after a crash', () => {
  for (const kind of kinds.filter(isRunning)) {
    for (const event of ['stop', 'fail', 'recover'] as const) expect(nextTurn(kind, event)).not.toBeNull();
  }
});
