import { expect, it } from 'vitest';
import type { Failure } from '../../../node-core/api/failures.ts';
import { noticeMends } from '../../../renderer/features/chat/message/notice-mends.ts';

it.each<[Failure, readonly string[]]>([
  [{ kind: 'model-context-full', host: 'This computer', model: 'Tiny' }, ['new-chat', 'models']],
  [{ kind: 'engine-absent', reason: 'not-fetched' }, ['models']],
  [{ kind: 'engine-ended', model: 'Tiny', cause: 'memory' }, ['models']],
  [{ kind: 'engine-ended', model: 'Tiny', cause: 'load' }, ['models']],
  [{ kind: 'engine-ended', model: 'Tiny', cause: 'crash' }, []],
  [{ kind: 'agent-limit', limit: 'steps', allowed: 50 }, []],
])('%o is mended by %j', (failure, mends) => {
  expect(noticeMends({ kind: 'failed', failure })).toEqual(mends);
});

it.each([
  ['full', ['new-chat', 'models']],
  ['length', []],
] as const)('an answer that broke off (%s) is mended by %j', (reason, mends) => {
  expect(noticeMends({ kind: 'complete', reason })).toEqual(mends);
});
