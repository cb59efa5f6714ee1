import type { ConfigValues } from './config-schema.ts';

/** A model provider that the environment names. Its key stays in memory and is never stored. */
export interface EnvironmentProvider {
  readonly id: string;
  readonly kind: 'openai-compatible' | 'openai' | 'anthropic' | 'google';
  readonly name: string;
  /** Base address, as far as `/v1` where the format has it; an endpoint as the person wrote it. */
  readonly url: string;
  readonly key: string | null;
  /** The model that the environment names, or `null`. */
  readonly model: string | null;
  /** The variable that named it, for sentences. */
  readonly sourceName: string;
}

/** The providers that the configuration names, the explicit endpoint first. */
export function environmentProviders(values: ConfigValues): readonly EnvironmentProvider[] {
  const providers: EnvironmentProvider[] = [];
  if (values.endpointUrl !== null) {
    providers.push({
      id: 'env-endpoint',
      kind: 'openai-compatible',
      name: new URL(values.endpointUrl).host,
      url: values.endpointUrl,
      key: values.endpointKey,
      model: values.endpointModel,
      sourceName: 'HEVOLVE_LLM_ENDPOINT_URL',
    });
  }
  const keyed = (provider: Omit<EnvironmentProvider, 'model' | 'key'>, key: string | null): void => {
    if (key !== null) providers.push({ ...provider, key, model: null });
  };
  keyed(
    {
      id: 'env-openai',
      kind: 'openai',
      name: 'OpenAI',
      url: values.openAiUrl ?? 'https://api.openai.com/v1',
      sourceName: 'OPENAI_API_KEY',
    },
    values.openAiKey,
  );
  keyed(
    {
      id: 'env-anthropic',
      kind: 'anthropic',
      name: 'Anthropic',
      url: values.anthropicUrl ?? 'https://api.anthropic.com/v1',
      sourceName: 'ANTHROPIC_API_KEY',
    },
    values.anthropicKey,
  );
  keyed(
    {
      id: 'env-google',
      kind: 'google',
      name: 'Google',
      url: 'https://generativelanguage.googleapis.com/v1beta',
      sourceName: 'GOOGLE_GENERATIVE_AI_API_KEY',
    },
    values.googleKey,
  );
  return providers;
}
