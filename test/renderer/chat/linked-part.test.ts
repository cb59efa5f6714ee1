import { expect, test } from 'vitest';
import type { LinkedChat } from '../../../node-core/api/shell-views.ts';
import { type Draft, emptyDraft } from '../../../renderer/features/chat/composer/draft-store.ts';
import { canRemoveLinked, withLinked, withoutLinked } from '../../../renderer/features/chat/composer/linked-part.ts';

const linked: LinkedChat = { id: 'l1', source: 'link', agentId: null, text: 'from afar' };
const typed = (text: string): Draft => ({ ...emptyDraft, text });

test.each([
  ['', 'from afar', false],
  ['  ', 'from afar', false],
  ['my own', 'my own\n\nfrom afar', true],
  ['my own\n', 'my own\n\nfrom afar', true],
])('with the draft %j the text is %j', (text, after, isBelow) => {
  const draft = withLinked(typed(text), linked);
  expect(draft.text).toBe(after);
  expect(draft.linked).toEqual({ ...linked, isBelow });
});

test('the same link is added once', () => {
  const once = withLinked(typed('my own'), linked);
  expect(withLinked(once, linked)).toBe(once);
  expect(withLinked(once, { ...linked, id: 'l2' }).text).toBe('my own\n\nfrom afar\n\nfrom afar');
});

test('a link without text leaves what is written as it is', () => {
  expect(withLinked(typed('my own'), { ...linked, text: '' })).toMatchObject({
    text: 'my own',
    linked: { isBelow: false },
  });
});

test('what a link brought can be taken out, and nothing else', () => {
  const draft = withLinked(typed('my own'), linked);
  expect(withoutLinked(draft)).toEqual(typed('my own'));
  expect(withoutLinked(withLinked(emptyDraft, linked))).toEqual(emptyDraft);
});

test('what was changed since is not taken out', () => {
  const changed = { ...withLinked(typed('my own'), linked), text: 'my own\n\nfrom near' };
  expect(canRemoveLinked(changed)).toBe(false);
  expect(withoutLinked(changed)).toEqual(typed('my own\n\nfrom near'));
  expect(canRemoveLinked(typed('from afar'))).toBe(false);
  expect(canRemoveLinked(withLinked(typed('my own'), { ...linked, text: '' }))).toBe(false);
});
