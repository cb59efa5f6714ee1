import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Screen, settingsSections } from '../../../renderer/screen.tsx';
import { addressOf, screenOf } from '../../../renderer/screen-address.ts';
import { testId } from '../../builders/ids.ts';

const screens: readonly Screen[] = [
  { kind: 'welcome' },
  { kind: 'chat', conversationId: null },
  { kind: 'chat', conversationId: testId(5) },
  ...settingsSections.map((section) => ({ kind: 'settings' as const, section })),
];

test.each(screens)('%j comes back from its address', (screen) => {
  expect(screenOf(addressOf(screen))).toEqual(screen);
});

test('whatever else stands in the address is a new chat or the settings', () => {
  expect(screenOf('#settings/nothing')).toEqual({ kind: 'settings', section: 'general' });
  expect(screenOf('#chat/../../etc')).toEqual({ kind: 'chat', conversationId: null });
  fc.assert(
    fc.property(fc.string(), (hash) => {
      expect(() => addressOf(screenOf(hash))).not.toThrow();
    }),
  );
});
