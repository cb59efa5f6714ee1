import { expect, test } from 'vitest';
import { answeringModel } from '../../../renderer/features/chat/composer/answering-model.ts';
import { anAgent } from '../../builders/agent-view.ts';
import { aModel, aProvider, modelsView } from '../../builders/models-view.ts';

const provider = aProvider({ id: 'local', name: 'Ollama' });
const small = aModel(provider, 'small');
const large = aModel(provider, 'large');
const models = modelsView({
  providers: [provider],
  models: [small, large],
  chosen: { model: small, providerName: 'Ollama', reason: 'chosen-as-default' },
});

test('the choice of the conversation comes first', () => {
  expect(answeringModel(models, anAgent({ model: 'local/small' }), 'local/large')).toEqual({
    kind: 'model',
    model: large,
    providerName: 'Ollama',
    reason: 'chosen-in-chat',
  });
});

test('then what the agent prefers, if it is there', () => {
  expect(answeringModel(models, anAgent({ model: 'local/large' }), null)).toMatchObject({ reason: 'agent-prefers' });
  expect(answeringModel(models, anAgent({ model: 'local/gone' }), null)).toMatchObject({ reason: 'chosen-as-default' });
});

test('a chosen model that is not there any more is said to be missing, not replaced', () => {
  expect(answeringModel(models, anAgent(), 'local/gone')).toEqual({ kind: 'missing', ref: 'local/gone' });
});

test('the Guide needs no model', () => {
  expect(answeringModel(modelsView(), anAgent({ engine: 'guide' }), null)).toEqual({ kind: 'guide' });
});

test('without any model nobody answers', () => {
  expect(answeringModel(modelsView(), anAgent(), null)).toEqual({ kind: 'no-model' });
});
