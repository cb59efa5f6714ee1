/** Longest text of a provider that reaches a person or a log, in characters. */
const maxDetailChars = 500;

/** Keys of this length or shorter are not looked for: they would blot out ordinary words. */
const minKeyChars = 4;

/** Things that look like the keys of well-known services, whoever's they are. */
const keyShapes = /\b(?:sk|pk|rk|gsk|xai|hf)[-_][A-Za-z0-9_*.-]{6,}|\bAIza[A-Za-z0-9_-]{10,}|\bBearer\s+\S{6,}/g;

/**
 * A provider's own text, fit to be shown: without the key, without line breaks and control characters, cut.
 * Pure; idempotent.
 */
export function scrubDetail(text: string, key: string | null): string {
  const withoutKey = key !== null && key.length >= minKeyChars ? text.replaceAll(key, '•••') : text;
  const plain = withoutKey
    .replace(keyShapes, '•••')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return plain.length > maxDetailChars ? `${plain.slice(0, maxDetailChars - 1)}…` : plain;
}
