import { describe, expect, it } from 'vitest';
import { matchingLines, searchChats } from '../../../node-core/agents/tools/search-chats.ts';
import { readWith } from '../../builders/tool.ts';
import { createFakeChatReader } from '../../doubles/chat-reader.ts';

const found = {
  conversationId: 'C1',
  conversationTitle: 'The boat',
  messageId: 'M1',
  role: 'user' as const,
  createdAt: Date.UTC(2026, 9, 14),
  text: 'Hello\nThe boat is blue\n\nand the boathouse red',
};
const context = {
  agentId: 'nunba',
  conversationId: 'C9',
  signal: new AbortController().signal,
  reader: createFakeChatReader({ messages: [found, { ...found, messageId: 'M2' }] }),
};

describe('search_chats', () => {
  it('gives title, message and numbered lines, and the whole text to compare quotations with', async () => {
    const { value, sources } = await readWith(searchChats, { query: 'boat', limit: 1 }, context);
    expect(value).toEqual({
      matches: [
        {
          conversation: 'The boat',
          messageId: 'M1',
          writtenBy: 'the person',
          at: '2026-10-14T00:00:00.000Z',
          lines: '2: The boat is blue\n4: and the boathouse red',
        },
      ],
    });
    expect(sources).toEqual([{ kind: 'message', conversationId: 'C1', messageId: 'M1', text: found.text }]);
  });

  it('finds nothing without fuss', async () => {
    expect(await readWith(searchChats, { query: 'submarine' }, context)).toEqual({
      value: { matches: [] },
      sources: [],
    });
  });

  it.each([{}, { query: '' }, { query: 'x', limit: 0 }, { query: 'x', limit: 21 }, { query: 7 }])(
    'explains wrong arguments: %j',
    async (input) => {
      await expect(readWith(searchChats, input, context)).rejects.toThrow(/^The arguments are wrong\. /);
    },
  );
});

describe('matchingLines', () => {
  it('shows the first lines where no line holds the very word', () => {
    expect(matchingLines('\nboats\nships', 'boating')).toBe('2: boats\n3: ships');
  });

  it('cuts a long line to the part around the match', () => {
    const line = `${'a '.repeat(1000)}needle${' b'.repeat(1000)}`;
    const shown = matchingLines(line, 'needle');
    expect(shown).toContain('needle');
    expect(shown.length).toBeLessThan(420);
    expect(shown).toMatch(/^1: … /);
  });

  it('shows at most eight lines', () => {
    expect(matchingLines('boat\n'.repeat(30), 'boat').split('\n')).toHaveLength(8);
  });
});
