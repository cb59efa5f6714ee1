import { expect, test } from 'vitest';
import { noticeOffers } from '../../../renderer/features/chat/message/notice-offers.ts';

test.each([
  ['failed', true, true, ['retry', 'continue']],
  ['failed', true, false, ['retry']],
  ['stopped', true, true, ['continue']],
  ['stopped', true, false, ['retry']],
  ['interrupted', true, true, ['continue']],
  ['complete', true, true, ['continue']],
  ['failed', false, true, []],
  ['streaming', true, true, []],
  ['queued', true, false, []],
] as const)('%s, last %s, with text %s: %j', (kind, isLast, hasText, offers) => {
  expect(noticeOffers(kind, isLast, hasText)).toEqual(offers);
});
