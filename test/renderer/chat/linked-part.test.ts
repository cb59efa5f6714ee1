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
  expect(draft.linked).toEqual({ ...linked, isBelow, areSeveral: false });
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

const second: LinkedChat = { ...linked, id: 'l2', text: 'from farther' };

test.each([
  ['', 'from afar\n\nfrom farther'],
  ['my own', 'my own\n\nfrom afar\n\nfrom farther'],
])('two links below %j are one part, and both are taken out', (own, text) => {
  const draft = withLinked(withLinked(typed(own), { ...linked, text: 'from afar' }), second);
  expect(draft).toMatchObject({ text, linked: { id: 'l2', areSeveral: true } });
  expect(withoutLinked(draft)).toEqual(typed(own));
  const third = withLinked(draft, { ...linked, id: 'l3', text: 'again' });
  expect(third.text).toBe(`${text}\n\nagain`);
  expect(withoutLinked(third)).toEqual(typed(own));
});

test('the end of a first link that is white is no part of the person', () => {
  const draft = withLinked(withLinked(typed('my own'), { ...linked, text: 'from afar\n\n\n' }), second);
  expect(draft.text).toBe('my own\n\nfrom afar\n\nfrom farther');
  expect(withoutLinked(draft)).toEqual(typed('my own'));
});

test('links with words of the person between them are told as several, and none is taken out', () => {
  const first = withLinked(emptyDraft, linked);
  const draft = withLinked({ ...first, text: 'from afar, as they say' }, second);
  expect(draft).toMatchObject({ text: 'from afar, as they say\n\nfrom farther', linked: { areSeveral: true } });
  expect(canRemoveLinked(draft)).toBe(false);
  expect(withLinked(draft, { ...linked, id: 'l3' }).linked).toMatchObject({ id: 'l3', areSeveral: true });
});

test('a later link without text leaves the note of the earlier one', () => {
  const draft = withLinked(withLinked(typed('my own'), linked), { ...second, text: '', source: 'file' });
  expect(draft.linked).toEqual({ ...linked, id: 'l2', isBelow: true, areSeveral: false });
});

test('an earlier link without text, or taken out by hand, is not told', () => {
  expect(withLinked(withLinked(typed('my own'), { ...linked, text: '' }), second).linked?.areSeveral).toBe(false);
  expect(withLinked({ ...withLinked(emptyDraft, linked), text: '' }, second).linked?.areSeveral).toBe(false);
});
