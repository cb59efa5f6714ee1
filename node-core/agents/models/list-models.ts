import { z } from 'zod';
import { FailureError } from '../../api/failures.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { chatModels, favouriteFirst } from './chat-models.ts';
import type { ProviderAccess } from './language-model.ts';
import { networkFailure } from './network-failure.ts';
import { isSuccess, readRefusal } from './read-refusal.ts';
import { type OutgoingRequest, readText, sendRequest } from './send-request.ts';

/** Most bytes of a list of models; OpenRouter's has about 1 MiB. */
export const maxListBytes = 8 * 1024 * 1024;

const openAiList = z
  .object({ data: z.array(z.object({ id: z.string() })) })
  .transform(({ data }) => data.map(({ id }) => id));
const googleList = z
  .object({
    models: z.array(z.object({ name: z.string(), supportedGenerationMethods: z.array(z.string()).optional() })),
  })
  .transform(({ models }) =>
    models
      .filter((model) => model.supportedGenerationMethods?.includes('generateContent') ?? true)
      .map(({ name }) => name.replace(/^models\//, '')),
  );

/** The names in a provider's list of models, or `null` if the text is none. Anthropic writes it as OpenAI does. */
export function readModelList(kind: ProviderAccess['kind'], text: string): readonly string[] | null {
  const schema = kind === 'google' ? googleList : openAiList;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const list = schema.safeParse(parsed);
  return list.success ? favouriteFirst(kind, chatModels(list.data)) : null;
}

/** The headers that show a key, in the provider's own way. */
function keyHeaders({ kind, key }: ProviderAccess): Readonly<Record<string, string>> {
  const version: Readonly<Record<string, string>> = kind === 'anthropic' ? { 'anthropic-version': '2023-06-01' } : {};
  if (key === null || key === '') return version;
  if (kind === 'anthropic') return { ...version, 'x-api-key': key };
  return kind === 'google' ? { 'x-goog-api-key': key } : { authorization: `Bearer ${key}` };
}

const pageSize: Readonly<Record<ProviderAccess['kind'], string>> = {
  'openai-compatible': '',
  openai: '',
  anthropic: '?limit=1000',
  google: '?pageSize=1000',
};

/** The request for a provider's list of models. */
export function modelListRequest(access: ProviderAccess): OutgoingRequest {
  const path = `${new URL(access.url).pathname.replace(/\/$/, '')}/models${pageSize[access.kind]}`;
  return { method: 'GET', path, headers: { accept: 'application/json', ...keyHeaders(access) }, body: null };
}

/** The models a provider lists, those that can chat, the favourite first. Rejects with a FailureError. */
export async function listModels(
  access: ProviderAccess,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const url = new URL(access.url);
  const { host } = url;
  try {
    const endpoint = { url, trustedCertificate: access.trustedCertificate };
    const answer = await sendRequest(endpoint, modelListRequest(access), clock, signal);
    if (!isSuccess(answer)) {
      const context = { host, model: null, key: access.key, now: clock.now() };
      throw new FailureError(await readRefusal(answer, context));
    }
    const models = readModelList(access.kind, await readText(answer, maxListBytes));
    if (models === null) throw new FailureError({ kind: 'model-bad-answer', host, cause: 'not-json' });
    return models;
  } catch (error) {
    signal.throwIfAborted();
    throw networkFailure(error, host);
  }
}
