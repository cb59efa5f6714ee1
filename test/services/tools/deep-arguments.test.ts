import { expect, test } from 'vitest';
import { isTooDeep } from '../../../node-core/agents/json-depth.ts';
import { finishRun, ofKind } from '../../builders/loop-run.ts';
import { modelServer } from '../../builders/model-server.ts';
import { says } from '../../doubles/model-server/reply.ts';

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each([
  [0, '"flat"'],
  [1, '{"a":1}'],
  [99, nested(99)],
  [100, nested(100)],
])('%i levels are taken', (_depth, text) => {
  expect(isTooDeep(JSON.parse(text))).toBe(false);
});

test.each([101, 100_000])('%i levels are too many', (depth) => {
  expect(isTooDeep(JSON.parse(nested(depth)))).toBe(true);
});

test('arguments without bottom are sent back to the model, and the answer goes on', async () => {
  const server = await modelServer();
  const call = {
    kind: 'tool-call',
    id: 'call_1',
    name: 'search_chats',
    arguments: `{"query":${nested(20_000)}}`,
  } as const;
  server.script((prompt) =>
    prompt.toolResults.length > 0
      ? says('Done.')
      : { kind: 'stream', rate: null, ending: 'finish', pieces: [{ ...call }] },
  );
  const { events, text, failure } = await finishRun(server, { text: 'hello' });
  expect([failure, text]).toEqual([null, 'Done.']);
  expect(ofKind(events, 'tool-outcome')[0]?.outcome).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('nested too deeply'),
  });
  expect(ofKind(events, 'tool-call')[0]?.arguments).toMatch(/^\{"query":\[+$/);
});
