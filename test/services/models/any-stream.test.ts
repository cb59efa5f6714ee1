import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLanguageModel } from '../../../node-core/agents/models/language-model.ts';
import { readModelList } from '../../../node-core/agents/models/list-models.ts';
import { readStream } from '../../../node-core/agents/models/read-stream.ts';
import { failureSchema } from '../../../node-core/api/failure-schema.ts';
import { failureOf } from '../../../node-core/api/failures.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import { modelServer } from '../../builders/model-server.ts';
import { accessTo, allKinds } from '../../builders/provider-access.ts';

/** Pieces of streams, right and wrong, that a provider could send in any order. */
const fragments = [
  'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}',
  'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"x","function":{"name":"t","arguments":"{"}}]}}]}',
  'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":9,"function":{"arguments":"}"}}]}}]}',
  'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}',
  'data: {"choices":[]}',
  'data: {"choices":null}',
  'data: {"error":"no"}',
  'data: {"error":{"message":7}}',
  'data: {"error":null}',
  'data: {"type":"message_start","message":{"id":"m","model":"x","usage":{"input_tokens":1,"output_tokens":1},"content":[]}}',
  'data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}',
  'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}',
  'data: {"type":"content_block_delta","index":5,"delta":{"type":"input_json_delta","partial_json":"{"}}',
  'data: {"type":"content_block_stop","index":3}',
  'data: {"type":"message_stop"}',
  'data: {"type":"error","error":{"type":"x","message":"y"}}',
  'data: {"candidates":[{"content":{"parts":[{"text":"a"}]}}]}',
  'data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"t"}}]}}]}',
  'data: {"candidates":[{"finishReason":"STOP"}]}',
  'data: {"candidates":[]}',
  'data: {"promptFeedback":{"blockReason":"SAFETY"}}',
  'data: null',
  'data: 7',
  'data: []',
  'data: {}',
  'data: [DONE]',
  'data: {"a":',
  'data',
  ': note',
  'event: error',
  'id: 1\u0000',
  'retry: x',
  '<html>',
];

const body = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary' })),
      fc.constantFrom('\n\n', '\n', '\r\n\r\n', ''),
    ),
    {
      maxLength: 12,
    },
  )
  .map((lines) => lines.map((line) => line.join('')).join(''));

describe.each(allKinds)('any stream at all from %s', (kind) => {
  it('ends with a finish or with a failure that the contract knows', async () => {
    const server = await modelServer();
    const model = await openLanguageModel(accessTo(server, kind), 'test-model', systemClock, () => undefined);
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hello' }] }];
    const context = { host: 'h', model: 'test-model', key: null, now: 0 };
    const ending = async (): Promise<unknown> => {
      let last: unknown = null;
      try {
        for await (const event of readStream(model, { prompt }, context)) last = event.kind;
        return last;
      } catch (error) {
        return failureOf(error) ?? error;
      }
    };
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        server.script(() => ({ kind: 'raw', status: 200, contentType: 'text/event-stream', body: text }));
        const end = await ending();
        if (end !== 'finish') expect(failureSchema.parse(end)).toEqual(end);
      }),
      { numRuns: 60 },
    );
  });
});

describe('readModelList', () => {
  it('reads a list or nothing from any text, and only names', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.json().map((json) => `{"data":[{"id":"a"},${json}],"models":[${json}]}`),
    );
    fc.assert(
      fc.property(fc.constantFrom(...allKinds), texts, (kind, text) => {
        const models = readModelList(kind, text);
        if (models !== null) for (const id of models) expect(id).toMatch(/./s);
      }),
    );
  });
});
