import { expect, test } from 'vitest';
import { answeringModel } from '../../../renderer/features/chat/composer/answering-model.ts';
import { agentView, modelsView, modelView } from '../../builders/views.ts';

const large = modelView({ ref: 'local/large', modelId: 'large' });
const models = modelsView({ models: [modelView(), large] });

test('the choice of the conversation comes first', () => {
  expect(answeringModel(models, agentView({ model: 'local/qwen3-4b' }), 'local/large')).toEqual({
    kind: 'model',
    model: large,
    providerName: 'Ollama',
    reason: 'chosen-in-chat',
  });
});

test('then what the agent prefers, if it is there', () => {
  expect(answeringModel(models, agentView({ model: 'local/large' }), null)).toMatchObject({ reason: 'agent-prefers' });
  expect(answeringModel(models, agentView({ model: 'local/gone' }), null)).toMatchObject({ reason: 'only-one' });
});

test('a chosen model that is not there any more is said to be missing, not replaced', () => {
  expect(answeringModel(models, agentView(), 'local/gone')).toEqual({ kind: 'missing', ref: 'local/gone' });
});

test('the Guide needs no model', () => {
  expect(answeringModel(modelsView({ chosen: null }), agentView({ engine: 'guide' }), null)).toEqual({ kind: 'guide' });
});

test('without any model nobody answers', () => {
  expect(answeringModel(modelsView({ models: [], chosen: null }), agentView(), null)).toEqual({ kind: 'no-model' });
});
