import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSharedAgent, encodeSharedAgent, type KnownParts } from '../../../node-core/agents/shared-agent.ts';
import { agentCalls } from '../../../node-core/api/agent-contract.ts';
import {
  type AgentDraft,
  agentDraftSchema,
  maxInstructionsChars,
  toolNameSchema,
} from '../../../node-core/api/agent-views.ts';

const nothingKnown: KnownParts = { hasModel: () => false, hasServer: () => false, hasKnowledge: () => false };

/** A file of format 1 as it was first written; it has to be read for ever. */
const sample = {
  format: 'nunba-agent',
  version: 1,
  name: 'Tutor',
  description: 'Explains.',
  instructions: ['You are Tutor.', '', 'Ask back.'],
  greeting: 'Hello.',
  model: 'lab/small',
  tools: ['read_attachment', 'write_file', 'run_command', 'read_minds'],
  servers: ['s1', 's2'],
  knowledge: ['k1'],
};
const decode = (value: unknown, known = nothingKnown) => decodeSharedAgent(JSON.stringify(value), known);
const reasonOf = (text: string): string | null => {
  const decoded = decodeSharedAgent(text, nothingKnown);
  return decoded.kind === 'refused' ? decoded.reason : null;
};

describe('an agent file from anywhere', () => {
  it.each([
    ['lines', `a${'\n'.repeat(maxInstructionsChars - 2)}b`],
    ['characters that JSON writes out', '\u0001'.repeat(maxInstructionsChars)],
    ['one line', 'ü'.repeat(maxInstructionsChars)],
  ])('comes back as it was saved, also the longest that can be: %s', (_, instructions) => {
    const longest = agentDraftSchema.parse({
      ...{ name: '"'.repeat(60), description: '\u0001'.repeat(300), greeting: '\u0001'.repeat(500), instructions },
      ...{ model: `lab/${'m'.repeat(150)}`, tools: toolNameSchema.options.slice(0, 30), knowledge: ['k1'] },
    });
    const text = encodeSharedAgent(longest);
    // The contract takes it on both ways.
    const { output } = agentCalls['agents.export'];
    expect(output.parse({ fileName: 'x', text }).text).toBe(text);
    agentCalls['agents.review'].input.parse({ text });
    const decoded = decodeSharedAgent(text, { ...nothingKnown, hasModel: () => true, hasKnowledge: () => true });
    const { name, description, greeting, model, knowledge } = longest;
    expect(decoded).toMatchObject({
      review: { draft: { name, description, greeting, model, knowledge, instructions: longest.instructions } },
    });
  });

  it('is refused where nothing can be seen of its name or its instructions', () => {
    expect(reasonOf(JSON.stringify({ ...sample, name: '\u202a\u2066' }))).toMatch(/“name” in the file/);
    expect(reasonOf(JSON.stringify({ ...sample, instructions: ['\u{e0041}'] }))).toMatch(/“instructions” in the file/);
  });

  it('gives no hands, and says what is not here', () => {
    expect(decode(sample)).toEqual({
      kind: 'review',
      review: {
        draft: {
          name: 'Tutor',
          description: 'Explains.',
          instructions: 'You are Tutor.\n\nAsk back.',
          greeting: 'Hello.',
          model: null,
          tools: ['read_attachment'],
          servers: [],
          knowledge: [],
        },
        asked: ['write_file', 'run_command'],
        askedServers: [],
        left: { tools: ['read_minds'], servers: 2, knowledge: 1, model: 'lab/small' },
      },
    });
  });

  it('keeps what is here', () => {
    const known = { hasModel: () => true, hasServer: (id: string) => id === 's2', hasKnowledge: () => true };
    expect(decode(sample, known)).toMatchObject({
      review: {
        draft: { model: 'lab/small', servers: [], knowledge: ['k1'] },
        askedServers: ['s2'],
        left: { servers: 1, knowledge: 0, model: null },
      },
    });
  });

  it('shows instructions as they will be read, without marks that turn them round', () => {
    const turned = { ...sample, name: 'Tu\u202Etor', instructions: ['Be \u{E0041}kind.\u2066'] };
    expect(decode(turned)).toMatchObject({ review: { draft: { name: 'Tutor', instructions: 'Be kind.' } } });
  });

  it.each([
    ['no JSON', 'hello', 'It is not an agent that Nunba saved.'],
    ['something else', '{"a":1}', 'The file holds no agent of Nunba.'],
    ['a newer version', JSON.stringify({ ...sample, version: 2 }), /newer Nunba/],
    ['too large', ' '.repeat(300_000), 'The file is larger than 256 kB.'],
    ['no name', JSON.stringify({ ...sample, name: ' ' }), /“name” in the file is not as it must be/],
    ['no instructions', JSON.stringify({ ...sample, instructions: [''] }), /“instructions” in the file/],
    [
      'the Guide',
      JSON.stringify({ ...sample, engine: 'guide' }),
      'The Guide is part of Nunba and cannot be brought in.',
    ],
  ])('is refused with one sentence: %s', (_, text, reason) => {
    expect(reasonOf(text)).toMatch(reason);
  });

  it('never throws and never gives a tool that does more than read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...toolNameSchema.options), fc.string())),
        fc.string(),
        (tools, name) => {
          const decoded = decode({ ...sample, tools, name });
          if (decoded.kind === 'refused') return;
          const hands = ['write_file', 'move_files', 'remove_files', 'fetch_page', 'run_command'];
          expect(decoded.review.draft.tools.filter((tool) => hands.includes(tool))).toEqual([]);
        },
      ),
    );
  });

  it('comes back as it was written, and so do those that come with Nunba', () => {
    const draft: AgentDraft = {
      name: 'Ärztin',
      description: 'x',
      instructions: 'One.\n\nTwo.',
      greeting: '',
      model: 'a/b',
      tools: ['search_chats'],
      servers: ['s'],
      knowledge: ['k'],
    };
    const known = { hasModel: () => true, hasServer: () => true, hasKnowledge: () => true };
    expect(decodeSharedAgent(encodeSharedAgent(draft), known)).toMatchObject({
      review: { draft: { ...draft, servers: [] }, askedServers: ['s'], asked: [] },
    });
    const folder = path.join(import.meta.dirname, '../../../resources/agents');
    const kinds = readdirSync(folder).map((name) => [
      name,
      decodeSharedAgent(readFileSync(path.join(folder, name), 'utf8'), known).kind,
    ]);
    expect(kinds.filter(([, kind]) => kind === 'refused')).toEqual([['guide.json', 'refused']]);
  });
});
