import { describe, expect, it } from 'vitest';
import { chooseModel, type KnownProvider, type ModelWishes } from '../../../node-core/agents/models/choose-model.ts';

const nobody: ModelWishes = { chat: null, caller: null, agent: null, chosen: null };
const ollama: KnownProvider = {
  id: 'ollama',
  models: ['llama3', 'org/qwen'],
  isListed: true,
  namedInEnvironment: null,
};
const cloud: KnownProvider = { id: 'cloud', models: ['big'], isListed: true, namedInEnvironment: null };
const unlisted: KnownProvider = { id: 'silent', models: [], isListed: false, namedInEnvironment: null };
const named: KnownProvider = { id: 'env-endpoint', models: ['mine'], isListed: false, namedInEnvironment: 'mine' };

describe('chooseModel', () => {
  const all = { chat: 'ollama/llama3', caller: 'cloud/big', agent: 'ollama/org/qwen', chosen: 'cloud/big' };
  it.each<[string, ModelWishes, readonly KnownProvider[], string, string]>([
    ['the chat before everything', all, [ollama, cloud, named], 'ollama/llama3', 'chosen-in-chat'],
    ['the caller next', { ...all, chat: null }, [ollama, cloud, named], 'cloud/big', 'asked-by-caller'],
    [
      'the agent next',
      { ...all, chat: null, caller: null },
      [ollama, cloud, named],
      'ollama/org/qwen',
      'agent-prefers',
    ],
    [
      'the chosen default next',
      { ...nobody, chosen: 'cloud/big' },
      [ollama, cloud, named],
      'cloud/big',
      'chosen-as-default',
    ],
    ['the environment next', nobody, [ollama, cloud, named], 'env-endpoint/mine', 'named-in-environment'],
    ['the only one', nobody, [cloud], 'cloud/big', 'only-one'],
    ['the only one beside a provider without models', nobody, [unlisted, cloud], 'cloud/big', 'only-one'],
    ['the first of several', nobody, [ollama, cloud], 'ollama/llama3', 'first-found'],
    [
      'the next where the chat’s model is gone',
      { ...all, chat: 'ollama/gone', caller: null },
      [ollama, cloud],
      'ollama/org/qwen',
      'agent-prefers',
    ],
    [
      'the next where its provider is gone',
      { ...nobody, chat: 'left/x', chosen: 'cloud/big' },
      [ollama, cloud],
      'cloud/big',
      'chosen-as-default',
    ],
    ['the next where the agent’s is gone', { ...nobody, agent: 'left/x' }, [cloud], 'cloud/big', 'only-one'],
    [
      'the first where the default is gone',
      { ...nobody, chosen: 'cloud/old' },
      [ollama, cloud],
      'ollama/llama3',
      'first-found',
    ],
    [
      'any name at a provider that was not asked',
      { ...nobody, chat: 'silent/anything' },
      [unlisted],
      'silent/anything',
      'chosen-in-chat',
    ],
  ])('takes %s', (_name, wishes, providers, ref, reason) => {
    const choice = chooseModel(wishes, providers);
    expect(choice).toMatchObject({ kind: 'model', reason });
    expect(choice.kind === 'model' && `${choice.providerId}/${choice.modelId}`).toBe(ref);
  });

  it('tells a caller, and nobody else, that a model is not there', () => {
    expect(chooseModel({ ...nobody, caller: 'ollama/gone', chosen: 'cloud/big' }, [ollama, cloud])).toEqual({
      kind: 'unknown',
      ref: 'ollama/gone',
    });
  });

  it('chooses none where there is none', () => {
    expect(chooseModel({ ...nobody, chat: 'left/x', agent: 'left/y', chosen: 'left/z' }, [unlisted])).toEqual({
      kind: 'none',
    });
  });
});
