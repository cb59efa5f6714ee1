/** Tokens that a word of a European language takes, about. */
const tokensPerWord = 1.3;

/** About how many words fit into so many tokens, in round thousands: a guess is no more exact than that. */
export function wordsOf(tokens: number): number {
  const words = tokens / tokensPerWord;
  const step = words < 1000 ? 100 : 1000;
  return Math.max(step, Math.floor(words / step) * step);
}
