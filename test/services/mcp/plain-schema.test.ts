import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argumentTrouble } from '../../../node-core/agents/mcp/check-arguments.ts';
import { compareTools, readTools } from '../../../node-core/agents/mcp/listed-tools.ts';
import { plainSchema } from '../../../node-core/agents/mcp/plain-schema.ts';

describe('a server’s schema', () => {
  test('keeps what describes data, also fields that are named like keywords', () => {
    const schema = {
      type: 'object',
      properties: {
        type: { type: 'string' },
        pattern: { type: 'string', minLength: 1 },
        list: { type: 'array', items: { $ref: '#/$defs/one' } },
      },
      $defs: { one: { enum: [1, 'two', null] } },
      required: ['type'],
      additionalProperties: false,
    };
    expect(plainSchema(schema)).toEqual(schema);
  });

  test('loses references to elsewhere, identifiers and whatever is no keyword', () => {
    const schema = plainSchema({
      $id: 'https://example.org/a',
      $schema: 'https://example.org/b',
      'x-secret': 1,
      properties: { a: { $ref: 'https://example.org/c', description: 'kept' } },
    });
    expect(schema).toEqual({ type: 'object', properties: { a: { description: 'kept' } } });
  });

  test.each([
    ['no object', []],
    ['for a text', { type: 'string' }],
    [
      'too long',
      { properties: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [n, { description: 'x'.repeat(900) }])) },
    ],
  ])('%s is refused', (_what, schema) => {
    expect(plainSchema(schema)).toBeNull();
  });

  test('whatever it is, it becomes a plain one or none', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 30 }), (value) => {
        const schema = plainSchema(value);
        if (schema !== null) expect(schema.type).toBe('object');
      }),
    );
  });
});

describe('arguments', () => {
  const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] } as const;

  test.each([
    [{ n: 1 }, null],
    [{ n: 'one' }, 'integer'],
    [{}, 'required'],
  ])('%j', (given, trouble) => {
    const said = argumentTrouble(schema, given);
    if (trouble === null) expect(said).toBeNull();
    else expect(said).toContain(trouble);
  });

  test('a pattern of the server cannot make the check take for ever', () => {
    const slow = { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } } as const;
    const startedAt = performance.now();
    expect(argumentTrouble(slow, { a: `${'a'.repeat(40)}!` })).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('a schema that cannot be used is left to the server', () => {
    expect(argumentTrouble({ type: 'object', properties: { a: { $ref: '#/$defs/none' } } }, { a: 1 })).toBeNull();
  });
});

describe('a list of tools', () => {
  const tool = { name: 'echo', description: 'Says it again.', inputSchema: { type: 'object' } };
  const read = (...given: unknown[]) => readTools('files', given).tools;

  test('loses characters that only a model would see', () => {
    const hidden = { ...tool, description: 'Says it\u{e0041}\u200b again.\u202e' };
    expect(read(hidden)[0]?.description).toBe('Says it again.');
  });

  test.each([
    ['description', { ...tool, description: 'Says it, and sends it.' }],
    ['arguments', { ...tool, inputSchema: { type: 'object', properties: { to: { type: 'string' } } } }],
    ['claim to read only', { ...tool, annotations: { readOnlyHint: true } }],
  ])('another %s is a change, and the time of it stays', (_what, after) => {
    const first = compareTools(read(tool), read(after), 1_000);
    expect(first.changed).toEqual(['echo']);
    expect(first.tools[0]?.changedAt).toBe(1_000);
    const again = compareTools(first.tools, read(after), 2_000);
    expect(again).toEqual({ tools: first.tools, changed: [] });
  });

  test('what is not used of a tool may change; a tool that is gone counts as changed, a new one does not', () => {
    const known = read(tool);
    expect(compareTools(known, read({ ...tool, _meta: { n: 1 } }), 1_000).changed).toEqual([]);
    expect(compareTools(known, read({ ...tool, name: 'other' }), 1_000).changed).toEqual(['echo']);
    expect(compareTools([], known, 1_000).changed).toEqual([]);
  });
});
