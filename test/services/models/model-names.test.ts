import { describe, expect, it } from 'vitest';
import { canSee } from '../../../node-core/agents/models/can-see.ts';
import { chatModels, favouriteFirst } from '../../../node-core/agents/models/chat-models.ts';
import { newProviderId } from '../../../node-core/agents/models/provider.ts';

describe('canSee', () => {
  it.each([
    'gpt-4o',
    'gpt-4o-mini-2024-07-18',
    'gpt-4.1-mini',
    'gpt-5.4-mini',
    'o3',
    'o1-2024-12-17',
    'claude-sonnet-4-5',
    'claude-3-haiku-20240307',
    'gemini-flash-latest',
    'models/gemini-2.5-pro',
    'google/gemma-3-12b-it',
    'gemma3:4b',
    'llava:13b',
    'bakllava',
    'moondream2',
    'qwen2.5vl:7b',
    'Qwen/Qwen2.5-VL-7B-Instruct',
    'qwen3-vl:8b',
    'llama3.2-vision:11b',
    'meta-llama/Llama-3.2-11B-Vision-Instruct',
    'llama4:scout',
    'minicpm-v:8b',
    'pixtral-12b',
    'mistral-small3.1',
    'microsoft/Phi-4-multimodal-instruct',
    'granite3.2-vision',
    'test-model-vision',
  ])('knows that %s sees', (name) => {
    expect(canSee(name)).toBe(true);
  });

  it.each([
    'llama3',
    'llama3.1:70b',
    'mistral',
    'qwen2.5:7b',
    'qwen2.5-coder',
    'deepseek-r1:8b',
    'gpt-3.5-turbo',
    'gpt-oss:20b',
    'gpt-4o-audio-preview',
    'o3-mini',
    'o1-mini',
    'phi3:mini',
    'gemma2:9b',
    'gemma3:1b',
    'nomic-embed-text',
    'claude-2.1',
    'test-model',
    '',
  ])('does not claim that %j sees', (name) => {
    expect(canSee(name)).toBe(false);
  });
});

describe('chatModels', () => {
  it('leaves out what does not chat, and repeats nothing', () => {
    expect(
      chatModels([
        'gpt-4o',
        'text-embedding-3-small',
        'whisper-1',
        'tts-1',
        'dall-e-3',
        'gpt-4o',
        'gpt-image-1',
        'omni-moderation-latest',
        'gemini-2.5-flash-image',
      ]),
    ).toEqual(['gpt-4o']);
  });

  it('keeps everything where nothing would be left', () => {
    expect(chatModels(['nomic-embed-text'])).toEqual(['nomic-embed-text']);
  });
});

describe('favouriteFirst', () => {
  it.each([
    ['openai', ['gpt-4.1', 'gpt-4.1-mini', 'gpt-5.10-mini', 'gpt-5.4-mini', 'o3'], 'gpt-5.10-mini'],
    ['openai', ['o3', 'gpt-4.1'], 'gpt-4.1'],
    ['anthropic', ['claude-opus-5', 'claude-sonnet-4-5', 'claude-sonnet-5', 'claude-haiku-4-5'], 'claude-sonnet-5'],
    ['google', ['gemini-2.5-pro', 'gemini-3.5-flash', 'gemini-2.5-flash'], 'gemini-3.5-flash'],
    ['google', ['gemini-2.5-flash', 'gemini-flash-latest'], 'gemini-flash-latest'],
    ['openai-compatible', ['b', 'a'], 'b'],
  ] as const)('of %s', (kind, ids, first) => {
    const sorted = favouriteFirst(kind, ids);
    expect(sorted[0]).toBe(first);
    expect([...sorted].sort()).toEqual([...ids].sort());
  });
});

describe('newProviderId', () => {
  it.each([
    ['LLM.example.com:8000', [], 'llm-example-com-8000'],
    ['ollama', ['ollama'], 'ollama-2'],
    ['ollama', ['ollama', 'ollama-2'], 'ollama-3'],
    ['env-endpoint', [], 'my-env-endpoint'],
    ['日本', [], 'provider'],
    ['a'.repeat(300), [], 'a'.repeat(50)],
  ])('of %s beside %j is %s', (wanted, taken, id) => {
    expect(newProviderId(wanted, new Set(taken))).toBe(id);
  });
});
