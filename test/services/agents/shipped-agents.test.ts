import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findChecklist } from '../../../node-core/agents/checklist.ts';
import { findCitations } from '../../../node-core/agents/citations.ts';
import { loadAgentFiles } from '../../../node-core/agents/load-agent-files.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';
import { createRecordedLog } from '../../doubles/recorded-log.ts';

const folder = path.join(import.meta.dirname, '../../../resources/agents');
const shipped = async () => {
  const log = createRecordedLog();
  const files = await loadAgentFiles(folder, log);
  expect(log.lines).toEqual([]);
  return files.map(({ agent }) => agent);
};
const agentNamed = async (id: string) => {
  const agent = (await shipped()).find((one) => one.id === id);
  if (!agent) throw new Error(`there is no agent ${id}`);
  return agent;
};

describe('the agents that come with Nunba', () => {
  it('are these, in this order, and each does something of its own', async () => {
    const agents = await shipped();
    expect(agents.map(({ id }) => id)).toEqual([
      'nunba',
      'coder',
      'writer',
      'researcher',
      'planner',
      'organiser',
      'guide',
    ]);
    expect(new Set(agents.map(({ instructions }) => instructions)).size).toBe(agents.length);
    expect(agents.filter(({ engine }) => engine === 'guide').map(({ id }) => id)).toEqual(['guide']);
    expect(agents.filter(({ leaves }) => leaves === 'checklist').map(({ id }) => id)).toEqual(['planner']);
    expect(agents.filter(({ leaves }) => leaves === 'citations').map(({ id }) => id)).toEqual(['researcher']);
  });

  it('name no tool that they are not given, and every one that they are', async () => {
    for (const { id, engine, instructions, tools } of await shipped()) {
      if (engine === 'guide') continue;
      const named = new Set(instructions.match(/\b[a-z]+_[a-z]+\b/g) ?? []);
      expect([id, [...named].filter((name) => !tools.some((tool) => tool === name))]).toEqual([id, []]);
      expect([id, tools.filter((tool) => !instructions.includes(tool))]).toEqual([id, []]);
    }
  });

  it('speak without exclamation marks', async () => {
    for (const agent of await shipped()) {
      expect(`${agent.description} ${agent.greeting} ${agent.instructions}`).not.toContain('!');
      expect(agent.greeting).not.toBe('');
    }
  });

  it('include a Researcher whose example quotations are read as quotations', async () => {
    const { instructions } = await agentNamed('researcher');
    const example = instructions.slice(instructions.indexOf('For example:'));
    const source = {
      kind: 'attachment',
      attachmentId: 'a',
      name: 'lease 2024.txt',
      text: `${'\n'.repeat(13)}The rent is due on the third of each month.`,
    } as const;
    expect(findCitations(example, [source])).toEqual([
      {
        quotation: 'The rent is due on the third of each month.',
        source: expect.objectContaining({ line: 14 }),
        isFound: true,
      },
      {
        quotation: 'Let us meet at the station at nine.',
        source: expect.objectContaining({ kind: 'unknown' }),
        isFound: false,
      },
    ]);
  });

  it('include a Planner whose example steps are read as steps', async () => {
    const { instructions } = await agentNamed('planner');
    expect(findChecklist(instructions).map(({ isDone }) => isDone)).toEqual([false, false, true]);
  });
});

describe('a folder with damaged files', () => {
  it('gives the good ones, and one line for each of the others', async () => {
    const own = tempFolder();
    const coder = fs.readFileSync(path.join(folder, 'coder.json'), 'utf8');
    writeFiles(own, {
      'coder.json': coder,
      'half.json': coder.slice(0, 200),
      'notes.txt': 'x',
      'huge.json': 'x'.repeat(300_000),
    });
    fs.mkdirSync(path.join(own, 'folder.json'));
    const log = createRecordedLog();
    const files = await loadAgentFiles(own, log);
    expect(files.map(({ agent }) => agent.id)).toEqual(['coder']);
    expect(log.lines.map(({ level, fields, message }) => [level, fields.file, message])).toEqual([
      ['warn', 'folder.json', 'An agent file was left out'],
      ['warn', 'half.json', 'An agent file was left out'],
      ['warn', 'huge.json', 'An agent file was left out'],
      ['warn', 'notes.txt', 'An agent file was left out'],
    ]);
    expect(log.lines.every(({ fields }) => typeof fields.reason === 'string' && fields.reason !== '')).toBe(true);
  });

  it('that is not there gives none and one line', async () => {
    const log = createRecordedLog();
    expect(await loadAgentFiles(path.join(tempFolder(), 'none'), log)).toEqual([]);
    expect(log.lines.map(({ level }) => level)).toEqual(['error']);
  });
});
