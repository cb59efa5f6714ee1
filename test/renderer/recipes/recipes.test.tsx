import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { RecipeDraftView, RecipeView, RunView, ScheduleView } from '../../../node-core/api/recipe-views.ts';
import { fromEdited, moved, toEdited } from '../../../renderer/features/recipes/edited-recipe.ts';
import { RecipesSection } from '../../../renderer/features/recipes/recipes-section.tsx';
import { ScreenProvider } from '../../../renderer/screen.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { testId } from '../../builders/ids.ts';
import { aPlan, aRecipe } from '../../builders/recipe-samples.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

const recipe: RecipeView = { ...aRecipe, id: testId(1), calls: 1, createdAt: 1, updatedAt: 2 };
const schedule: ScheduleView = {
  ...aPlan,
  id: testId(2),
  recipeId: recipe.id,
  isPaused: false,
  nextAt: 1_800_000_000_000,
};
const run: RunView = {
  id: testId(3),
  recipeId: recipe.id,
  scheduleId: schedule.id,
  conversationId: testId(4),
  messageId: testId(5),
  state: 'failed',
  reason: 'The recipe stopped at step 2.',
  stepsDone: 1,
  stepCount: 3,
  modelCalls: 2,
  firstCalls: 9,
  plannedAt: 1,
  endedAt: 2,
};

function open(goal: RecipeDraftView | null = null, recipes = [recipe], onNotKept = vi.fn()): FakeClient {
  const client = createFakeClient({
    first: {
      'recipes.watch': { recipes, schedules: [schedule], runs: [run] },
      'agents.watch': [anAgent()],
    },
    calls: {
      'recipes.create': (draft) => ({ ...recipe, ...draft }),
      'recipes.update': ({ draft }) => ({ ...recipe, ...draft }),
      'recipes.delete': () => ({}),
      'recipes.restore': () => recipe,
      'recipes.run': () => ({ conversationId: testId(4) }),
      'recipes.review': () => ({ draft: aRecipe, missingTools: ['run_command'], isOtherAgent: true }),
      'schedules.preview': () => ({ times: [1_800_000_000_000] }),
      'schedules.create': ({ recipeId, plan }) => ({ ...schedule, ...plan, recipeId }),
      'schedules.pause': ({ isPaused }) => ({ ...schedule, isPaused }),
      'schedules.delete': () => ({}),
    },
  });
  renderPage(
    <ScreenProvider first={{ kind: 'settings', section: 'recipes' }}>
      <RecipesSection goal={goal} onNotKept={onNotKept} />
    </ScreenProvider>,
    client,
  );
  return client;
}

async function choose(item: string): Promise<void> {
  fireEvent.keyDown(await screen.findByRole('button', { name: 'More for Look for zebras' }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: item }));
}

describe('a recipe in the form', () => {
  it('comes back as it was, and says where arguments are no JSON', () => {
    const edited = toEdited(aRecipe);
    expect(fromEdited(edited)).toEqual({ kind: 'draft', draft: aRecipe });
    const broken = edited.steps.map((step) => (step.key === 1 ? { ...step, argumentsText: '{"a":' } : step));
    expect(fromEdited({ ...edited, steps: broken })).toEqual({ kind: 'arguments', key: 1 });
    expect(fromEdited({ ...edited, draft: { ...edited.draft, title: ' ' } })).toEqual({
      kind: 'field',
      field: 'title',
    });
    expect(moved(edited.steps, 0, 1).map(({ key }) => key)).toEqual([1, 0, 2]);
    expect(moved(edited.steps, 0, -1)).toBe(edited.steps);
  });
});

describe('the recipes', () => {
  it('are shown with their steps, and how often a model is asked', async () => {
    open();
    expect(await screen.findByText('1 question to a model (3 the first time)')).toBeTruthy();
    expect(screen.getByText('1. search')).toBeTruthy();
    expect(screen.getByText('3. Say what came of it')).toBeTruthy();
    expect(screen.getByText('The recipe stopped at step 2.')).toBeTruthy();
    expect(screen.getByText(/2 questions to a model \(9 the first time\)/)).toBeTruthy();
  });

  it('run with other values, checked before', async () => {
    const client = open();
    fireEvent.click(await screen.findByRole('button', { name: 'Run Look for zebras' }));
    const field = screen.getByLabelText('query');
    expect(field).toHaveProperty('value', 'zebras');
    fireEvent.change(field, { target: { value: '' } });
    expect(screen.getByText('Write something here.')).toBeTruthy();
    fireEvent.change(field, { target: { value: 'boats' } });
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Run' }));
    await waitFor(() =>
      expect(client.inputs('recipes.run')).toEqual([
        { id: recipe.id, values: { query: 'boats' }, conversationId: null },
      ]),
    );
  });

  it('are changed: steps moved, removed, decided by a model', async () => {
    const client = open();
    await choose('Edit');
    fireEvent.click(screen.getByRole('button', { name: 'Move step 2 up' }));
    fireEvent.click(screen.getByRole('button', { name: 'Remove step 3' }));
    fireEvent.click(screen.getAllByLabelText('Decided by a model each time')[0] as HTMLElement);
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(client.inputs('recipes.update')).toHaveLength(1));
    expect(client.inputs('recipes.update')[0]?.draft.steps).toEqual([
      { ...aRecipe.steps[1], kind: 'decide' },
      aRecipe.steps[0],
    ]);
  });

  it('are deleted at once, and taken back', async () => {
    const client = open();
    await choose('Delete');
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(client.inputs('recipes.restore')).toEqual([{ id: recipe.id }]));
  });

  it('from an answer or a file are looked at before they are kept', async () => {
    const onNotKept = vi.fn();
    const client = open(aRecipe, [recipe], onNotKept);
    const dialog = await screen.findByRole('dialog', { name: 'Keep as a recipe' });
    expect(client.inputs('recipes.create')).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Keep this recipe' }));
    await waitFor(() => expect(client.inputs('recipes.create')).toEqual([aRecipe]));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(onNotKept).not.toHaveBeenCalled();
    const file = new File(['{"format":"nunba-recipe"}'], 'x.json');
    fireEvent.change(screen.getByLabelText('From a file', { selector: 'input' }), { target: { files: [file] } });
    expect(await screen.findByText(/does not have these tools.*Run commands/)).toBeTruthy();
    expect(client.inputs('recipes.create')).toHaveLength(1);
  });
});

describe('a recipe from an answer', () => {
  it('leads back to where it comes from when it is not kept', async () => {
    const onNotKept = vi.fn();
    const client = open(aRecipe, [recipe], onNotKept);
    const dialog = await screen.findByRole('dialog', { name: 'Keep as a recipe' });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(onNotKept).toHaveBeenCalledOnce();
    expect(client.inputs('recipes.create')).toEqual([]);
  });

  it('shows its steps without what the tools are given, which opens where it cannot be read', async () => {
    open(aRecipe);
    const dialog = await screen.findByRole('dialog', { name: 'Keep as a recipe' });
    const field = within(dialog).getAllByLabelText('What the tool is given')[0] as HTMLTextAreaElement;
    const fold = field.closest('details');
    expect(fold?.open).toBe(false);
    fireEvent.change(field, { target: { value: '{"query":' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Keep this recipe' }));
    expect(await screen.findByText(/This cannot be read/)).toBeTruthy();
    expect(fold?.open).toBe(true);
  });
});

describe('a schedule', () => {
  it('is made with the next times in view', async () => {
    const client = open();
    await choose('Run on a schedule');
    expect(await screen.findByText(/^Next: .*2027/)).toBeTruthy();
    fireEvent.change(screen.getByLabelText('How often'), { target: { value: 'weekly' } });
    fireEvent.change(screen.getByLabelText('Day'), { target: { value: '5' } });
    fireEvent.change(screen.getByLabelText('At'), { target: { value: '18:30' } });
    fireEvent.change(screen.getByLabelText('Time zone'), { target: { value: 'America/New_York' } });
    fireEvent.click(screen.getByLabelText('Leave it out'));
    fireEvent.click(screen.getByRole('button', { name: 'Save the schedule' }));
    await waitFor(() =>
      expect(client.inputs('schedules.create')).toEqual([
        {
          recipeId: recipe.id,
          plan: {
            rhythm: { kind: 'weekly', day: 5, at: '18:30' },
            zone: 'America/New_York',
            missed: 'skip',
            values: {},
          },
        },
      ]),
    );
    expect(client.inputs('schedules.preview').at(-1)?.rhythm).toEqual({ kind: 'weekly', day: 5, at: '18:30' });
  });

  it('is paused and ended', async () => {
    const client = open();
    fireEvent.click(await screen.findByRole('button', { name: 'Pause Look for zebras' }));
    fireEvent.click(screen.getByRole('button', { name: 'End the schedule of Look for zebras' }));
    await waitFor(() => expect(client.inputs('schedules.delete')).toEqual([{ id: schedule.id }]));
    expect(client.inputs('schedules.pause')).toEqual([{ id: schedule.id, isPaused: true }]);
  });

  it.each([false, true])('that was ended comes back as it was; paused: %s', async (isPaused) => {
    const client = open();
    await screen.findByRole('button', { name: 'End the schedule of Look for zebras' });
    act(() => client.emit('recipes.watch', { recipes: [recipe], schedules: [{ ...schedule, isPaused }], runs: [] }));
    fireEvent.click(screen.getByRole('button', { name: 'End the schedule of Look for zebras' }));
    expect(await screen.findByText('“Look for zebras” does not run by itself any more.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    const { rhythm, zone, missed, values } = schedule;
    await waitFor(() =>
      expect(client.inputs('schedules.create')).toEqual([
        { recipeId: schedule.recipeId, plan: { rhythm, zone, missed, values } },
      ]),
    );
    await waitFor(() => expect(client.inputs('schedules.pause')).toHaveLength(isPaused ? 1 : 0));
  });
});
