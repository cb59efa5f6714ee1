import type { RecipeDraftView, SchedulePlan } from '../../node-core/api/recipe-views.ts';

/** A recipe of two tools and a last word by a model. */
export const aRecipe: RecipeDraftView = {
  title: 'Look for zebras',
  agentId: 'nunba',
  job: 'Look for {{query}}',
  parameters: [{ name: 'query', type: 'text', value: 'zebras' }],
  steps: [
    { kind: 'tool', toolName: 'search', purpose: 'First.', arguments: { query: '{{query}}' } },
    { kind: 'tool', toolName: 'change', purpose: '', arguments: { what: '{{query}} seen' } },
    { kind: 'say', how: 'model', text: '' },
  ],
  firstCalls: 3,
};

/** Every day at eight in Berlin. */
export const aPlan: SchedulePlan = {
  rhythm: { kind: 'daily', at: '08:00' },
  zone: 'Europe/Berlin',
  missed: 'run-once',
  values: {},
};
