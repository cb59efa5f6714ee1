import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../node-core/api/failures.ts';
import type { SchedulePlan } from '../../../node-core/api/recipe-views.ts';
import { aPlan, aRecipe } from '../../builders/recipe-samples.ts';
import { openTestRecipes } from '../../builders/recipes.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { waitUntil } from '../../builders/wait.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
/** 14 October 2026, 07:59:30 in Berlin */
const justBefore = Date.UTC(2026, 9, 14, 5, 59, 30);

const scheduled = async (plan: Partial<SchedulePlan> = {}, options: Parameters<typeof openTestRecipes>[0] = {}) => {
  const open = await openTestRecipes({ startMs: justBefore, ...options });
  await open.recipes.startSchedules();
  const recipe = await open.ask('recipes.create', aRecipe);
  const schedule = await open.ask('schedules.create', { recipeId: recipe.id, plan: { ...aPlan, ...plan } });
  const idle = () => waitUntil(() => open.chat.runningTurns() === 0);
  return { ...open, recipe, schedule, idle };
};

describe('a schedule', () => {
  it('runs at its time, with its values, every day', async () => {
    const open = await scheduled({ values: { query: 'boats' } });
    expect(open.schedule).toMatchObject({ nextAt: justBefore + 30_000, isPaused: false });
    await open.clock.advance(29_000);
    expect(open.view().runs).toEqual([]);
    await open.clock.advance(2_000);
    expect(await open.newestRun(({ state }) => state === 'done')).toMatchObject({
      scheduleId: open.schedule.id,
      plannedAt: justBefore + 30_000,
    });
    expect(open.uses[0]).toEqual({ toolName: 'search', input: { query: 'boats' } });
    expect(open.view().schedules).toMatchObject([{ nextAt: justBefore + 30_000 + day }]);
    await open.clock.advance(day);
    await waitUntil(() => open.view().runs.length === 2);
  });

  it('can be paused, changed and ended', async () => {
    const { ask, view, clock, schedule, uses } = await scheduled();
    const { id } = schedule;
    expect(await ask('schedules.pause', { id, isPaused: true })).toMatchObject({ isPaused: true, nextAt: null });
    await clock.advance(2 * day);
    expect(uses).toEqual([]);
    expect(clock.pendingTimers()).toBeLessThan(3);
    expect(await ask('schedules.pause', { id, isPaused: false })).toMatchObject({
      nextAt: justBefore + 30_000 + 2 * day,
    });
    const plan: SchedulePlan = { ...aPlan, rhythm: { kind: 'weekly', day: 1, at: '08:00' } };
    await ask('schedules.update', { id, plan });
    expect(new Date(view().schedules[0]?.nextAt ?? 0).toISOString()).toBe('2026-10-19T06:00:00.000Z');
    await ask('schedules.delete', { id });
    expect(view().schedules).toEqual([]);
  });

  it('runs once for the days that went by, or says that it was missed', async () => {
    for (const [missed, states] of [
      ['run-once', ['done']],
      ['skip', ['missed']],
    ] as const) {
      const folder = tempFolder();
      const first = await scheduled({ missed }, { folder });
      first.recipes.stop();
      await first.chat.stop();
      await first.storage.close();
      const later = await openTestRecipes({ folder, startMs: justBefore + 3 * day + hour, series: 1 });
      await later.recipes.startSchedules();
      await later.newestRun(({ endedAt }) => endedAt !== null);
      expect(later.view().runs.map(({ state }) => state)).toEqual(states);
      expect(later.view().runs[0]).toMatchObject({ plannedAt: justBefore + 30_000 });
      expect(later.view().schedules).toMatchObject([{ nextAt: justBefore + 30_000 + 4 * day }]);
    }
  });

  it('is not run by two at once', async () => {
    const open = await scheduled({ rhythm: { kind: 'cron', text: '* * * * *' } });
    const gate = Promise.withResolvers<void>();
    const { use } = open.world;
    open.world.use = async function* (call, signal) {
      await gate.promise;
      return yield* use(call, signal);
    };
    await open.clock.advance(90_000);
    await waitUntil(() => open.view().runs.length === 2);
    expect(open.view().runs[0]).toMatchObject({ state: 'missed', reason: 'The run before had not ended.' });
    gate.resolve();
    await waitUntil(() => open.view().runs[1]?.state === 'done');
    await open.idle();
    await open.clock.advance(60_000);
    await open.newestRun(({ state }) => state === 'done');
  });

  it('misses its runs while the agents are paused, and says so', async () => {
    const open = await scheduled();
    open.breaker.trip();
    await open.clock.advance(60_000);
    expect(await open.newestRun(({ endedAt }) => endedAt !== null)).toMatchObject({
      state: 'missed',
      reason: /paused/,
    });
    open.breaker.lift();
    await open.clock.advance(day);
    await open.newestRun(({ state }) => state === 'done');
  });

  it('is refused with what cannot be: text, zone, values, too many', async () => {
    const { ask, recipe } = await scheduled();
    const refused = async (plan: Partial<SchedulePlan>): Promise<unknown> => {
      const made = ask('schedules.create', { recipeId: recipe.id, plan: { ...aPlan, ...plan } });
      return made.then(() => null, failureOf);
    };
    expect(await refused({ rhythm: { kind: 'cron', text: 'soon' } })).toMatchObject({ field: 'rhythm' });
    expect(await refused({ rhythm: { kind: 'cron', text: '0 0 30 2 *' } })).toMatchObject({
      reason: 'a time that never comes',
    });
    expect(await refused({ zone: 'Mars/Base' })).toMatchObject({ field: 'zone' });
    expect(await refused({ values: { query: '' } })).toMatchObject({ field: 'query' });
    for (let count = 1; count < 50; count += 1) expect(await refused({})).toBeNull();
    expect(await refused({})).toEqual({ kind: 'too-many', what: 'schedules', limit: 50 });
    expect((await ask('schedules.preview', { rhythm: aPlan.rhythm, zone: aPlan.zone })).times).toHaveLength(3);
  });

  it('ends with its recipe, which comes back without it', async () => {
    const { ask, view, recipe, clock, uses } = await scheduled();
    await ask('recipes.delete', { id: recipe.id });
    expect(view()).toMatchObject({ recipes: [], schedules: [] });
    await clock.advance(day);
    expect(uses).toEqual([]);
    await ask('recipes.restore', { id: recipe.id });
    expect(view()).toMatchObject({ recipes: [{ id: recipe.id, title: 'Look for zebras' }], schedules: [] });
  });

  it('does not keep others from running when one cannot be judged, and tries that one again in measured time', async () => {
    const open = await scheduled();
    // As a database from a computer that knows other time zones.
    const bad = await open.ask('schedules.create', { recipeId: open.recipe.id, plan: aPlan });
    const row = { plan_json: JSON.stringify({ ...aPlan, zone: 'Mars/Base' }), created_at: 0 };
    await open.storage.db.updateTable('recipe_schedules').set(row).where('id', '=', bad.id).execute();
    await open.ask('schedules.pause', { id: open.schedule.id, isPaused: false });
    expect(open.view().schedules[0]?.id).toBe(bad.id);
    await open.clock.advance(5 * 60_000);
    expect(await open.newestRun(({ state }) => state === 'done')).toMatchObject({ scheduleId: open.schedule.id });
    expect(open.log.lines.filter(({ message }) => /could not be looked at/.test(message)).length).toBeLessThan(20);
  });

  it('does not run with another value than its own when the recipe’s parameters have changed, and says why', async () => {
    const open = await scheduled({ values: { query: 'boats' } });
    const renamed = {
      ...aRecipe,
      job: 'Look for {{words}}',
      parameters: [{ name: 'words', type: 'text' as const, value: 'zebras' }],
      steps: [{ kind: 'tool' as const, toolName: 'search', purpose: '', arguments: { query: '{{words}}' } }],
    };
    await open.ask('recipes.update', { id: open.recipe.id, draft: renamed });
    await open.clock.advance(60_000);
    expect(await open.newestRun(({ endedAt }) => endedAt !== null)).toMatchObject({
      state: 'missed',
      reason: 'The recipe was changed and has no “query” any more. Edit the schedule.',
    });
    expect(open.uses).toEqual([]);
    const plan = { ...aPlan, values: { query: 'boats', words: 'ships' } };
    expect(await open.ask('schedules.update', { id: open.schedule.id, plan })).toMatchObject({
      values: { words: 'ships' },
    });
    const parameters = [{ name: 'words', type: 'number' as const, value: '1' }];
    await open.ask('recipes.update', { id: open.recipe.id, draft: { ...renamed, parameters } });
    await open.clock.advance(day);
    await waitUntil(() => open.view().runs.length === 2);
    expect(open.view().runs[0]).toMatchObject({ state: 'missed', reason: expect.stringContaining('words') });
  });
});
