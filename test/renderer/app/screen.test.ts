import { expect, test } from 'vitest';
import { createScreenStore } from '../../../renderer/screen.tsx';
import { aRecipe } from '../../builders/recipe-samples.ts';

const chat = { kind: 'chat', conversationId: 'one' } as const;

test('a recipe that is not kept leads back to the chat that it comes from', () => {
  const store = createScreenStore(chat);
  store.getState().showRecipe(aRecipe);
  expect(store.getState()).toMatchObject({ screen: { kind: 'settings', section: 'recipes' }, recipeGoal: aRecipe });
  store.getState().leaveRecipe();
  expect(store.getState()).toMatchObject({ screen: chat, recipeGoal: null });
});

test('nothing leads away from what the person has gone to meanwhile', () => {
  const store = createScreenStore(chat);
  store.getState().showRecipe(aRecipe);
  store.getState().show({ kind: 'notes' });
  store.getState().leaveRecipe();
  expect(store.getState().screen).toEqual({ kind: 'notes' });
});
