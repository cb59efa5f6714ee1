import { describe, expect, it } from 'vitest';
import { toPrompt } from '../../../node-core/agents/loop/to-prompt.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import type { PromptAttachment, PromptMessage } from '../../../node-core/protocol/ports/answers.ts';
import { createFakeChatReader, picture, textFile } from '../../doubles/chat-reader.ts';

const frame = {
  instructions: 'Be kind.',
  now: Date.UTC(2026, 9, 14, 12),
  hasTools: true,
  outside: { mark: (_tool: string, text: string) => `<<${text}>>`, rule: 'The rule.' },
};
const longText = Array.from({ length: 3000 }, (_, index) => `line ${index + 1}`).join('\n');
const reader = createFakeChatReader({
  attachments: {
    'C1/short': textFile('lease.txt', 'The rent\nis due'),
    'C1/long': textFile('long.txt', longText),
    'C1/picture': picture('cat.png'),
  },
});
const means = { reader, conversationId: 'C1', modelId: 'm', canSee: true, hasReadTool: true };
const attachment = (id: string, kind: 'text' | 'image' = 'text'): PromptAttachment => ({
  id,
  name: `${id}.txt`,
  kind,
  mediaType: kind === 'text' ? 'text/plain' : 'image/png',
  sizeBytes: 1,
});
const user = (text: string, ...attachments: PromptAttachment[]): PromptMessage => ({ role: 'user', text, attachments });
const said = (text: string): PromptMessage => ({ role: 'assistant', parts: [{ kind: 'text', text }] });
const make = (
  history: readonly PromptMessage[],
  changes: {
    hasTools?: boolean;
    guidance?: readonly string[];
    isContinuation?: boolean;
    canSee?: boolean;
    hasReadTool?: boolean;
  } = {},
) =>
  toPrompt(
    { history, isContinuation: changes.isContinuation ?? false },
    { ...frame, hasTools: changes.hasTools ?? true, guidance: changes.guidance ?? [] },
    { ...means, canSee: changes.canSee ?? true, hasReadTool: changes.hasReadTool ?? true },
  );

describe('toPrompt', () => {
  it('tells instructions, the day and the history', async () => {
    expect(await make([user('Hello'), said('Hi'), user('And?')])).toEqual([
      { role: 'system', content: 'Be kind.\n\nToday is Wednesday, 2026-10-14.\n\nThe rule.' },
      { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'Hi' }] },
      { role: 'user', content: [{ type: 'text', text: 'And?' }] },
    ]);
  });

  it('tells what the tools want to be known, but only with the tools', async () => {
    const guidance = ['Quote the files.'];
    const system = async (hasTools: boolean) => (await make([user('Hello')], { hasTools, guidance }))[0]?.content;
    expect(await system(true)).toBe('Be kind.\n\nQuote the files.\n\nToday is Wednesday, 2026-10-14.\n\nThe rule.');
    expect(await system(false)).not.toContain('Quote the files.');
  });

  it('makes one of two prompts in a row', async () => {
    const prompt = await make([user('One'), user('Two')]);
    expect(prompt.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(JSON.stringify(prompt[1]?.content)).toContain('Two');
  });

  const withTools: PromptMessage = {
    role: 'assistant',
    parts: [
      { kind: 'text', text: 'Let me look.' },
      {
        kind: 'tool',
        callId: 'a',
        toolName: 'search_chats',
        arguments: { query: 'x' },
        outcome: { kind: 'done', value: { matches: [] } },
      },
      {
        kind: 'tool',
        callId: 'b',
        toolName: 'read_attachment',
        arguments: 'broken',
        outcome: { kind: 'failed', message: 'no JSON' },
      },
      { kind: 'text', text: 'Nothing.' },
      { kind: 'tool', callId: 'c', toolName: 'search_chats', arguments: {}, outcome: { kind: 'stopped' } },
    ],
  };

  it('tells earlier uses of tools, each result after its call, under ids that every service takes', async () => {
    const prompt = await make([user('Find x'), withTools, user('Go on')]);
    expect(prompt.slice(2)).toMatchObject([
      {
        role: 'assistant',
        content: [{ type: 'text', text: 'Let me look.' }, { toolCallId: 'call00001' }, { toolCallId: 'call00002' }],
      },
      {
        role: 'tool',
        content: [
          { toolCallId: 'call00001', output: { type: 'text', value: '<<{"matches":[]}>>' } },
          { toolCallId: 'call00002', output: { type: 'error-text', value: '<<no JSON>>' } },
        ],
      },
      { role: 'assistant', content: [{ type: 'text', text: 'Nothing.' }, { toolCallId: 'call00003' }] },
      { role: 'tool', content: [{ toolCallId: 'call00003', output: { type: 'error-text' } }] },
      { role: 'user' },
    ]);
  });

  it('leaves tools out where there are none, and says so', async () => {
    const prompt = await make([user('Find x'), withTools, user('Go on')], { hasTools: false });
    expect(prompt.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(prompt[0]?.content).toContain('You have no tools');
    expect(prompt[2]?.content).toEqual([{ type: 'text', text: 'Let me look.Nothing.' }]);
  });

  it('asks to carry a partial answer on', async () => {
    const prompt = await make([user('Tell'), said('It breaks off in the')], { isContinuation: true });
    expect(prompt.at(-1)).toMatchObject({ role: 'user' });
    expect(JSON.stringify(prompt.at(-1))).toContain('It breaks off in the');
  });

  it('lets an answer that ended with a tool just go on', async () => {
    const prompt = await make([user('Find x'), withTools], { isContinuation: true });
    expect(prompt.at(-1)?.role).toBe('tool');
  });

  it('puts a short text into the prompt with its lines', async () => {
    const text = JSON.stringify((await make([user('Read', attachment('short'))]))[1]);
    expect(text).toContain('Attached file lease.txt (attachment short, 2 lines):\\n1: The rent\\n2: is due');
  });

  it('names a long text where a tool can read it, and cuts it where none can', async () => {
    const named = JSON.stringify((await make([user('Read', attachment('long'))]))[1]);
    expect(named).toContain('attachment long, 3000 lines). It is too long to stand here');
    expect(named).not.toContain('line 2999');
    const inline = JSON.stringify((await make([user('Read', attachment('long'))], { hasReadTool: false }))[1]);
    expect(inline).toContain('2999: line 2999');
  });

  it('gives pictures to models that see, and refuses them to others', async () => {
    const history = [user('Look', attachment('picture', 'image'))];
    expect((await make(history))[1]?.content[0]).toMatchObject({ type: 'file', mediaType: 'image/png' });
    const failure = await make(history, { canSee: false }).catch((error: unknown) => failureOf(error));
    expect(failure).toEqual({ kind: 'model-cannot-see', model: 'm' });
  });

  it('says that an attachment is gone', async () => {
    expect(JSON.stringify(await make([user('Read', attachment('gone'))]))).toContain('gone.txt is not here any more');
  });
});
