import { describe, expect, it } from 'vitest';
import { readAttachment } from '../../../node-core/agents/tools/read-attachment.ts';
import { ToolRefusal } from '../../../node-core/agents/tools/tool.ts';
import { readWith } from '../../builders/tool.ts';
import { createFakeChatReader, picture, textFile } from '../../doubles/chat-reader.ts';

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n');
const context = {
  agentId: 'nunba',
  conversationId: 'C1',
  signal: new AbortController().signal,
  reader: createFakeChatReader({
    attachments: {
      'C1/short': textFile('lease.txt', 'The rent is due\r\non the third\r\n'),
      'C1/long': textFile('long.txt', lines(450)),
      'C1/wide': textFile('wide.txt', Array.from({ length: 40 }, () => 'x'.repeat(1990)).join('\n')),
      'C1/empty': textFile('empty.txt', ''),
      'C1/picture': picture('cat.png'),
      'C2/other': textFile('other.txt', 'not yours'),
    },
  }),
};
const read = (input: unknown) => readWith(readAttachment, input, context);

describe('read_attachment', () => {
  it('numbers the lines as an editor does', async () => {
    expect(await read({ attachmentId: 'short' })).toEqual({
      value: { name: 'lease.txt', totalLines: 2, lines: '1: The rent is due\n2: on the third', next: null },
      sources: [
        { kind: 'attachment', attachmentId: 'short', name: 'lease.txt', text: 'The rent is due\r\non the third\r\n' },
      ],
    });
    expect((await read({ attachmentId: 'empty' })).value).toMatchObject({ totalLines: 1, lines: '1: ', next: null });
  });

  it('reads a long file page by page, every line once', async () => {
    const seen: string[] = [];
    let from: number | null = 1;
    while (from !== null) {
      const { value } = await read({ attachmentId: 'long', from, count: 120 });
      const page = value as { lines: string; next: number | null };
      seen.push(...page.lines.split('\n'));
      from = page.next;
    }
    expect(seen).toEqual(
      lines(450)
        .split('\n')
        .map((line, index) => `${index + 1}: ${line}`),
    );
  });

  it('keeps a page of wide lines small', async () => {
    const { value } = await read({ attachmentId: 'wide' });
    expect(JSON.stringify(value).length).toBeLessThan(32_000);
    expect(value).toMatchObject({ next: 16 });
  });

  it.each([
    [{ attachmentId: 'picture' }, '“cat.png” is a picture; this tool reads text files only.'],
    [{ attachmentId: 'nothing' }, 'This conversation has no attachment with the id nothing.'],
    [{ attachmentId: 'other' }, 'This conversation has no attachment with the id other.'],
    [{ attachmentId: 'short', from: 3 }, '“lease.txt” has 2 lines; line 3 is beyond its end.'],
  ])('refuses %j', async (input, message) => {
    await expect(read(input)).rejects.toEqual(new ToolRefusal(message));
  });

  it.each([
    {},
    { attachmentId: 7 },
    { attachmentId: 'short', from: 0 },
    { attachmentId: 'short', extra: 1 },
    [],
    null,
    'x',
  ])('explains wrong arguments: %j', async (input) => {
    await expect(read(input)).rejects.toThrow(/^The arguments are wrong\. /);
  });

  it('says what it takes in JSON Schema', () => {
    expect(readAttachment.inputSchema).toMatchObject({
      type: 'object',
      required: ['attachmentId'],
      additionalProperties: false,
      properties: { attachmentId: { type: 'string' }, from: { type: 'integer' }, count: { type: 'integer' } },
    });
  });
});
