import type { OpenAICompatibleProvider } from '@ai-sdk/openai-compatible';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { ProviderKind } from './base-url.ts';
import { createGuardedFetch } from './guarded-fetch.ts';

/** A model as the AI SDK's providers give it, whatever the wire format: one streaming call, no retries of its own. */
export type LanguageModel = Pick<ReturnType<OpenAICompatibleProvider['chatModel']>, 'doStream'>;

export type CallOptions = Parameters<LanguageModel['doStream']>[0];
export type Prompt = CallOptions['prompt'];
export type StreamPart =
  Awaited<ReturnType<LanguageModel['doStream']>>['stream'] extends ReadableStream<infer Part> ? Part : never;

/** Everything that a call to a provider needs. Held only while one is made: it has the key in it. */
export interface ProviderAccess {
  readonly kind: ProviderKind;
  /** Base address, normalised. */
  readonly url: string;
  readonly key: string | null;
  readonly trustedCertificate: string | null;
}

/** What a call to a provider needs; the engine of this computer needs no more than the model's id. */
export type ModelAccess = ProviderAccess | { readonly kind: 'local' };

/**
 * Opens a model of a provider. The provider's package is loaded at the first use, so that a node that nobody chats with
 * starts fast and stays small. Whatever goes wrong in its stream is a FailureError, at once or as the cause.
 *
 * @param permit asked before each request, throws a FailureError to refuse it
 */
export async function openLanguageModel(
  access: ProviderAccess,
  modelId: string,
  clock: Clock,
  permit: () => void,
): Promise<LanguageModel> {
  const { kind, url, key, trustedCertificate } = access;
  const endpoint = { url: new URL(url), trustedCertificate };
  const fetch = createGuardedFetch({ endpoint, clock, key, model: modelId, permit });
  // Never left out: the SDK would look for a key or an address of its own in the environment.
  const settings = { baseURL: url, apiKey: key ?? '', fetch };
  switch (kind) {
    case 'openai-compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      const { apiKey, ...rest } = settings;
      const own = { ...rest, name: 'provider', includeUsage: true, ...(apiKey === '' ? {} : { apiKey }) };
      return createOpenAICompatible(own).chatModel(modelId);
    }
    case 'openai': {
      const { createOpenAI } = await import('@ai-sdk/openai');
      return createOpenAI(settings).chat(modelId);
    }
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      return createAnthropic(settings).languageModel(modelId);
    }
    case 'google': {
      const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
      return createGoogleGenerativeAI(settings).languageModel(modelId);
    }
  }
}
