/** Shapes of keys and tokens, whoever made them. */
const shapes: readonly RegExp[] = [
  /\b(?:sk|pk|rk|key|gsk|xai)-[A-Za-z0-9_-]{8,}/g,
  /\bAIza[A-Za-z0-9_-]{20,}/g,
  /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi,
  /([?&](?:key|token|api_key|access_token)=)[^&\s"']+/gi,
  /(\/\/[^/\s:@]*:)[^/\s@]+(?=@)/g,
];

/** The text without whatever looks like a key, a token or a password in an address. */
export function maskSecrets(text: string): string {
  return shapes.reduce(
    (masked, shape) => masked.replace(shape, (_match, kept) => (typeof kept === 'string' ? `${kept} ***` : '***')),
    text,
  );
}
