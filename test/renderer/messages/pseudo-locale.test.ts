import { expect, test } from 'vitest';
import { createMessages } from '../../../renderer/messages/create-messages.ts';
import { pseudoText } from '../../../renderer/messages/pseudo-locale.ts';

test('every letter is another, what stands for a value is not touched, and it takes more room', () => {
  const text = pseudoText('{{count, number}} checks of “{{host}}”');
  expect(text).toMatch(/^⟦\{\{count, number\}\} çĥéçķš óƒ “\{\{host\}\}”·{5,}⟧$/);
});

test('the page reads it where its language is the pseudo-language, with plurals and values', () => {
  const messages = createMessages('en-XA');
  expect(messages.t('checks.count', { count: 9 })).toBe('⟦9 çĥéçķš···⟧');
  expect(messages.t('checks.count', { count: 1 })).toMatch(/^⟦1 çĥéçķ·+⟧$/);
  expect(createMessages('de').t('checks.title')).toBe('Health');
});
