import { describe, expect, it } from 'vitest';
import { bestLine } from '../../../node-core/agents/knowledge/collections/snippet.ts';

describe('what is shown of a passage', () => {
  const text = '\n# Garage\n\nThe automobile stands here.\nNo dogs.\n';

  it('is the line that holds most of the words', () => {
    const { line, snippet } = bestLine(text, 10, 'dogs');
    expect(line).toBe(14);
    expect(snippet).toContainEqual({ text: 'dogs', isMatch: true });
  });

  it('is its beginning where it holds none of them', () => {
    expect(bestLine(text, 10, 'my car')).toEqual({
      line: 11,
      snippet: [{ text: '# Garage The automobile stands here. No dogs.', isMatch: false }],
    });
    expect(bestLine('', 1, 'car')).toEqual({ line: 1, snippet: [{ text: '', isMatch: false }] });
  });
});
