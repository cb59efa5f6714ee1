import { describe, expect, it } from 'vitest';
import { finishRun, ofKind } from '../../builders/loop-run.ts';
import { modelServer } from '../../builders/model-server.ts';
import { allKinds } from '../../builders/provider-access.ts';
import { calls, says } from '../../doubles/model-server/reply.ts';

describe.each(allKinds)('the tool loop with %s', (kind) => {
  it('shows call and result of a model that calls well, and ends with its answer', async () => {
    const server = await modelServer();
    const { events, text, seen, failure } = await finishRun(server, { kind, text: 'play:tools-well find:boat' });
    expect(failure).toBeNull();
    expect(ofKind(events, 'tool-call')).toMatchObject([{ toolName: 'search_chats', arguments: { query: 'boat' } }]);
    expect(ofKind(events, 'tool-outcome')).toMatchObject([
      { outcome: { kind: 'done', value: { matches: [{ messageId: 'M1', lines: '1: The boat is blue' }] } } },
    ]);
    expect(text).toContain('The tool answered:');
    expect(text).toContain('The boat is blue');
    expect(seen.sources).toBe(1);
    expect(ofKind(events, 'usage')).toMatchObject([{ inputTokens: 20 }]);
    expect(events.at(-1)).toEqual({ kind: 'finish', reason: 'complete' });
  });

  it('sends wrong arguments back to the model until it answers', async () => {
    const server = await modelServer();
    const { events, text, failure } = await finishRun(server, { kind, text: 'play:tools-wrong' });
    expect(failure).toBeNull();
    const outcomes = ofKind(events, 'tool-outcome').map(({ outcome }) => outcome);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['failed', 'failed', 'failed']);
    expect(JSON.stringify(outcomes[0])).toMatch(kind === 'google' ? /arguments are wrong/ : /arguments are not JSON/);
    expect(JSON.stringify(outcomes[1])).toMatch(/arguments are wrong.*query/);
    expect(JSON.stringify(outcomes[2])).toContain(
      'There is no tool called format_disk. There are: search_chats, read_attachment.',
    );
    expect(text).toBe('I give up on tools; here is an answer.');
    expect(JSON.stringify(server.prompts().at(-1)?.body)).toContain('There is no tool called format_disk');
  });

  it('goes on after a model thought before it called', async () => {
    const server = await modelServer();
    server.script((prompt) => {
      if (prompt.toolResults.length > 0) return says('Done.');
      const call = { kind: 'tool-call', id: 'call_1', name: 'search_chats', arguments: { query: 'boat' } } as const;
      return { kind: 'stream', rate: null, ending: 'finish', pieces: [{ kind: 'reasoning', text: 'Hm.' }, call] };
    });
    const { text, failure } = await finishRun(server, { kind, text: 'hello' });
    expect(failure).toBeNull();
    expect(text).toBe('Done.');
  });

  it('stops a model that calls for ever after 50 steps', async () => {
    const server = await modelServer();
    const { events, failure } = await finishRun(server, { kind, text: 'play:tools-forever' });
    expect(failure).toEqual({ kind: 'agent-limit', limit: 'steps', allowed: 50 });
    expect(server.prompts()).toHaveLength(50);
    const ids = ofKind(events, 'tool-call').map(({ callId }) => callId);
    expect(new Set(ids).size).toBe(50);
    expect(ofKind(events, 'finish')).toEqual([]);
  });
});

describe('the tool loop', () => {
  it('passes parameters, tools and their schema on', async () => {
    const server = await modelServer();
    await finishRun(server, { text: 'hello' });
    expect(server.prompts()[0]?.body).toMatchObject({
      temperature: 0.5,
      max_tokens: 99,
      tool_choice: 'auto',
      tools: [{ function: { name: 'search_chats', parameters: { type: 'object', required: ['query'] } } }, {}],
    });
    expect(server.prompts()[0]?.body).not.toHaveProperty('top_p');
  });

  it('does without tools when the model takes none, asks once more and says so to the model', async () => {
    const server = await modelServer();
    const { text, seen, failure } = await finishRun(server, { text: 'play:no-tools' });
    expect(failure).toBeNull();
    expect(text).toContain('You wrote: play:no-tools');
    expect(seen.toolsRefused).toBe(1);
    expect(server.prompts()).toHaveLength(2);
    expect(server.prompts()[1]?.body).not.toHaveProperty('tools');
    expect(JSON.stringify(server.prompts()[1]?.body)).toContain('You have no tools in this conversation');
  });

  it('takes thoughts between tags for thoughts', async () => {
    const server = await modelServer();
    const { events, text } = await finishRun(server, { text: 'play:think-tags' });
    expect(
      ofKind(events, 'reasoning')
        .map((event) => event.text)
        .join(''),
    ).toBe('Let me think.');
    expect(text).toMatch(/^You wrote:/);
  });

  it('joins a continuation to what is there', async () => {
    const server = await modelServer();
    server.script(() => says('It breaks off in the middle of it.'));
    expect((await finishRun(server, { text: 'Tell', partial: 'It breaks off in the' })).text).toBe(' middle of it.');
  });

  it('takes a continuation that adds nothing as the end', async () => {
    const server = await modelServer({ play: 'empty' });
    const { events, failure } = await finishRun(server, { text: 'Tell', partial: 'All is said.' });
    expect(failure).toBeNull();
    expect(events.at(-1)).toEqual({ kind: 'finish', reason: 'complete' });
  });

  it('says that an answer is empty', async () => {
    const server = await modelServer();
    expect((await finishRun(server, { text: 'play:empty' })).failure).toEqual({
      kind: 'model-bad-answer',
      host: 'h',
      cause: 'empty',
    });
  });

  it('says that an answer ran into the model’s limit, and runs no half call', async () => {
    const server = await modelServer();
    expect((await finishRun(server, { text: 'play:length' })).events.at(-1)).toEqual({
      kind: 'finish',
      reason: 'length',
    });
    server.script(() => ({
      kind: 'stream',
      rate: null,
      ending: 'length',
      pieces: [
        { kind: 'text', text: 'Let me look' },
        { kind: 'tool-call', id: 'x', name: 'search_chats', arguments: '{"que' },
      ],
    }));
    const { events } = await finishRun(server, { text: 'hello' });
    expect(ofKind(events, 'tool-call')).toEqual([]);
    expect(events.at(-1)).toEqual({ kind: 'finish', reason: 'length' });
  });

  it('keeps what came before a provider’s refusal in a later step', async () => {
    const server = await modelServer();
    server.script((prompt) =>
      prompt.toolResults.length === 0
        ? calls('search_chats', { query: 'boat' })
        : { kind: 'refuse', status: 500, message: 'worker crashed', code: null, headers: {} },
    );
    const { events, failure } = await finishRun(server, { text: 'hello' });
    expect(ofKind(events, 'tool-outcome')).toHaveLength(1);
    expect(failure).toMatchObject({ kind: 'model-error', detail: 'worker crashed' });
  });
});
