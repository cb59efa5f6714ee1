import { describe, expect, it } from 'vitest';
import { grammarSchema, withoutNulls } from '../../../node-core/agents/local/engine/tool-schema.ts';

const text = { type: 'string' };
const orNothing = (schema: object) => ({ oneOf: [schema, { type: 'null' }] });
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

describe('the schema of arguments, as the grammar takes it', () => {
  it.each([
    [
      'a list or nothing',
      { type: ['array', 'null'], items: text },
      { oneOf: [{ type: 'array', items: text }, { type: ['null'] }] },
    ],
    [
      'an object or a text',
      { type: ['object', 'string'] },
      { oneOf: [object({}, { additionalProperties: true }), { type: ['string'] }] },
    ],
    ['a text or a number', { type: ['string', 'number'] }, { type: ['string', 'number'] }],
    ['an enum of nothing that it knows', { enum: [{ a: 1 }], type: 'string' }, text],
    ['a constant that is an object', { const: { a: 1 } }, { type: 'object', additionalProperties: true }],
    [
      'places in a list',
      { type: 'array', items: [text, { type: 'number' }] },
      { type: 'array', prefixItems: [text, { type: 'number' }], minItems: 2, maxItems: 2 },
    ],
    [
      'what is said in two parts',
      { allOf: [object({ a: text }, { required: ['a'] }), object({ b: text })] },
      object({ a: text, b: orNothing(text) }),
    ],
    [
      'properties of which one is needed',
      object({ a: text }, { anyOf: [{ required: ['a'] }] }),
      object({ a: orNothing(text) }),
    ],
    ['anything', true, text],
  ])('%s', (_name, schema, expected) => {
    const whole = grammarSchema(object({ it: schema }, { required: ['it'] }));
    expect(whole).toEqual(object({ it: expected }));
  });

  it('keeps the arguments where only choices say which are needed', () => {
    expect(grammarSchema(object({ a: text }, { oneOf: [{ required: ['a'] }, { required: [] }] }))).toEqual(
      object({ a: orNothing(text) }),
    );
  });

  it('stays small where many schemas stand within each other, and keeps plain arguments behind them', () => {
    const names = Array.from({ length: 27 }, (_, number) => `Block${number}`);
    const blocks = { type: 'array', items: { anyOf: names.map((name) => ({ $ref: `#/$defs/${name}` })) } };
    const block = (name: string) => object({ kind: { const: name }, children: blocks }, { required: ['kind'] });
    const $defs = { ...Object.fromEntries(names.map((name) => [name, block(name)])), Id: text };
    const schema = object({ blocks, id: { $ref: '#/$defs/Id' } }, { required: ['blocks', 'id'], $defs });
    const grammar = JSON.stringify(grammarSchema(schema));
    expect(grammar.length).toBeLessThan(500_000);
    expect(JSON.parse(grammar).properties.id).toEqual(text);
    expect(grammar).toContain('"Block26"');
  });

  it('ends where a schema stands within itself, twice in each', () => {
    const tree = object(
      { left: { $ref: '#/$defs/tree' }, right: { $ref: '#/$defs/tree' } },
      { required: ['left', 'right'] },
    );
    const written = JSON.stringify(grammarSchema({ ...tree, $defs: { tree } }));
    expect(written.length).toBeLessThan(3_000);
    expect(written).toContain('additionalProperties');
  });
});

describe('arguments as the tool expects them', () => {
  const edit = object({ find: text, all: { type: 'boolean' } }, { required: ['find'] });
  it.each([
    [
      'in a list of objects',
      object({ edits: { type: 'array', items: edit } }),
      { edits: [{ find: 'a', all: null }] },
      { edits: [{ find: 'a' }] },
    ],
    [
      'behind a reference',
      { ...object({ edit: { $ref: '#/$defs/edit' } }), $defs: { edit } },
      { edit: { find: 'a', all: null } },
      { edit: { find: 'a' } },
    ],
    [
      'in one of several choices',
      object({
        it: {
          anyOf: [
            object({ kind: { const: 'x' }, n: text }, { required: ['kind', 'n'] }),
            object({ kind: { const: 'y' }, n: text }, { required: ['kind'] }),
          ],
        },
      }),
      { it: { kind: 'y', n: null } },
      { it: { kind: 'y' } },
    ],
    [
      'but not where nothing is needed',
      object({ map: { type: 'object', additionalProperties: true } }),
      { map: { a: null } },
      { map: { a: null } },
    ],
    [
      'but not what must be there',
      object({ a: { type: ['string', 'null'] } }, { required: ['a'] }),
      { a: null },
      { a: null },
    ],
    [
      'in what is said in two parts',
      { allOf: [object({ a: text }), object({ b: text })] },
      { a: null, b: 'b' },
      { b: 'b' },
    ],
  ])('have no `null` that only the grammar wanted, %s', (_name, schema, input, expected) => {
    expect(withoutNulls(input, schema)).toEqual(expected);
  });
});
