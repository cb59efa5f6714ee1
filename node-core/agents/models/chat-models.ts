import type { ProviderKind } from './base-url.ts';

/** Names of models that do something else than chat. */
const otherPurposes =
  /embed|rerank|whisper|\btts\b|-tts|transcri|dall-e|gpt-image|moderation|davinci|babbage|\baqa\b|imagen|\bveo\b|\blyria\b|sora|realtime|-audio|-image\b|stable-diffusion|bge-|nomic-|clip-|guard\b/i;

/**
 * Those of a provider's models that can chat, as far as names tell; all of them if none would be left. Without repeats,
 * in the provider's order, at most 500.
 */
export function chatModels(ids: readonly string[]): readonly string[] {
  const unique = [...new Set(ids.filter((id) => id !== '' && id.length <= 300))].slice(0, 500);
  const chat = unique.filter((id) => !otherPurposes.test(id));
  return chat.length > 0 ? chat : unique;
}

/** Which of a service's models to take when nobody says: quick, able and of a price that surprises nobody. */
const favourites: Readonly<Record<ProviderKind, readonly RegExp[]>> = {
  'openai-compatible': [],
  openai: [/^gpt-[\d.]+-mini$/, /^gpt-[\d.]+$/, /^gpt-/],
  anthropic: [/^claude-sonnet-[\d-]+$/, /^claude-haiku-/, /^claude-/],
  google: [/^gemini-flash-latest$/, /^gemini-[\d.]+-flash$/, /^gemini-/],
};

/** Taken when a cloud service was named but has not been asked what it has. */
const unasked: Readonly<Record<Exclude<ProviderKind, 'openai-compatible'>, string>> = {
  openai: 'gpt-5.4-mini',
  anthropic: 'claude-sonnet-5',
  google: 'gemini-flash-latest',
};

/** Model to use of a service whose list is not known; `null`: it must be asked. */
export function modelWithoutList(kind: ProviderKind): string | null {
  return kind === 'openai-compatible' ? null : unasked[kind];
}

/** The same models with the one first that is to be used when nobody says which. */
export function favouriteFirst(kind: ProviderKind, ids: readonly string[]): readonly string[] {
  for (const pattern of favourites[kind]) {
    const newest = ids.filter((id) => pattern.test(id)).sort(newestFirst)[0];
    if (newest !== undefined) return [newest, ...ids.filter((id) => id !== newest)];
  }
  return ids;
}

const newestFirst = (a: string, b: string): number => b.localeCompare(a, 'en', { numeric: true });
