import { expect, test } from 'vitest';
import { noticeOffers } from '../../../renderer/features/chat/message/notice-offers.ts';

const failed = { kind: 'failed', failure: { kind: 'not-found', what: 'model' } } as const;

test.each([
  [failed, true, true, ['retry', 'continue']],
  [failed, true, false, ['retry']],
  [{ kind: 'stopped' }, true, true, ['continue']],
  [{ kind: 'stopped' }, true, false, ['retry']],
  [{ kind: 'interrupted' }, true, true, ['continue']],
  [{ kind: 'complete', reason: 'length' }, true, true, ['continue']],
  [{ kind: 'complete', reason: 'full' }, true, true, []],
  [failed, false, true, []],
  [{ kind: 'streaming' }, true, true, []],
  [{ kind: 'queued' }, true, false, []],
] as const)('%o, last %s, with text %s: %j', (state, isLast, hasText, offers) => {
  expect(noticeOffers(state, isLast, hasText)).toEqual(offers);
});
