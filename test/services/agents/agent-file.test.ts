import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAgentFile, maxAgentFileChars } from '../../../node-core/agents/agent-file.ts';
import { agentSchema } from '../../../node-core/api/agent-views.ts';

/** A file of format 1 as it was first shipped; it has to be read for ever. */
const sample = {
  format: 'nunba-agent',
  version: 1,
  id: 'tutor',
  position: 7,
  name: 'Tutor',
  description: 'Explains.',
  instructions: ['You are Tutor.', '', 'Ask back.'],
  model: null,
  tools: ['read_attachment'],
  greeting: 'What shall we learn?',
  engine: 'model',
  leaves: 'nothing',
};
const decode = (value: unknown, name = 'tutor.json') => decodeAgentFile(name, JSON.stringify(value));

describe('an agent file', () => {
  it('is read, its lines of instructions joined', () => {
    expect(decode(sample)).toEqual({
      kind: 'agent',
      file: {
        position: 7,
        agent: {
          id: 'tutor',
          name: 'Tutor',
          description: 'Explains.',
          instructions: 'You are Tutor.\n\nAsk back.',
          model: null,
          tools: ['read_attachment'],
          servers: [],
          knowledge: [],
          greeting: 'What shall we learn?',
          engine: 'model',
          leaves: 'nothing',
          source: 'shipped',
          isDefault: false,
        },
      },
    });
  });

  it('may begin with a byte order mark', () => {
    expect(decodeAgentFile('tutor.json', `\uFEFF${JSON.stringify(sample)}`).kind).toBe('agent');
  });

  const damaged: readonly (readonly [what: string, value: unknown, reason: RegExp])[] = [
    ['another format', { ...sample, format: 'other' }, /^format: /],
    ['a newer version', { ...sample, version: 2 }, /newer Nunba \(format 2, this one knows 1\)/],
    ['a field too many', { ...sample, secret: 1 }, /secret/],
    ['a tool that is not there', { ...sample, tools: ['delete_files'] }, /^tools\.0: /],
    ['no name', { ...sample, name: ' ' }, /^name: /],
    ['no instructions', { ...sample, instructions: ['', ' '] }, /^instructions: /],
    ['a model that is none', { ...sample, model: 'qwen' }, /^model: /],
    ['an id that is a path', { ...sample, id: '../x' }, /^id: /],
    ['another id than its name', { ...sample, id: 'teacher' }, /must be named teacher\.json/],
    ['a list', [], /the whole file/],
    ['nothing', null, /the whole file/],
  ];
  it.each(damaged)('is refused with a reason: %s', (_what, value, reason) => {
    expect(decode(value)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });

  it('is refused when it is cut off, too long or no JSON file', () => {
    expect(decodeAgentFile('tutor.json', JSON.stringify(sample).slice(0, -1))).toMatchObject({ reason: 'not JSON' });
    expect(decodeAgentFile('tutor.json', ' '.repeat(maxAgentFileChars + 1))).toMatchObject({
      reason: 'larger than 64 kB',
    });
    expect(decodeAgentFile('tutor.txt', JSON.stringify(sample))).toMatchObject({
      reason: 'agents are files that end in .json',
    });
  });

  it('never throws, whatever it holds, and gives only what the contract allows', () => {
    const anyValue = fc.oneof(fc.string(), fc.json(), fc.object(), fc.constant(null), fc.integer());
    const changed = fc
      .tuple(fc.constantFrom(...Object.keys(sample)), anyValue)
      .map(([name, value]) => JSON.stringify({ ...sample, [name]: value }));
    const cut = fc.nat({ max: 300 }).map((length) => JSON.stringify(sample).slice(0, length));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), changed, cut), (text) => {
        const decoded = decodeAgentFile('tutor.json', text);
        if (decoded.kind === 'refused') expect(decoded.reason).toMatch(/^.{3,400}$/s);
        else expect(agentSchema.safeParse(decoded.file.agent).error).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every text that is allowed', () => {
    const line = fc.string({ maxLength: 100 }).map((text) => text.replace(/[\r\n]/g, ' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const decoded = decode({ ...sample, instructions: ['Begin.', ...lines, 'End.'] });
        expect(decoded).toMatchObject({ file: { agent: { instructions: ['Begin.', ...lines, 'End.'].join('\n') } } });
      }),
    );
  });
});
