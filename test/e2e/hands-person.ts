import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { AgentDraft } from '../../node-core/api/agent-views.ts';
import { calls, type Script, says } from '../doubles/model-server/reply.ts';
import type { StartedNode } from './fixtures.ts';
import { nodeCalls } from './node-calls.ts';
import { chatWith } from './person.ts';

/** An agent with hands, and the folder that the person lets it see. */
export interface Hands {
  readonly agent: string;
  readonly agentId: string;
  /** Absolute. */
  readonly folder: string;
}

/** Makes an agent with tools for files and lets it see a new folder below `home`. */
export async function giveHands(page: Page, node: StartedNode, home: string): Promise<Hands> {
  const folder = path.join(home, 'Invoices');
  fs.mkdirSync(folder, { recursive: true });
  const client = await nodeCalls(page, node.address);
  const { id } = await client.call('agents.create', sorter);
  await client.call('folders.add', { path: folder, owner: { kind: 'agent', agentId: id } });
  client.close();
  await chatWith(page, sorter.name);
  return { agent: sorter.name, agentId: id, folder };
}

const sorter: AgentDraft = {
  name: 'Sorter',
  description: 'Sorts files.',
  instructions: 'You sort files.',
  greeting: '',
  model: null,
  tools: ['list_files', 'read_file', 'write_file', 'move_files', 'fetch_page'],
  servers: [],
  knowledge: [],
};

/** A model that uses a tool once for each message, and then says that it is done. */
export const usesOnce =
  (tool: string, given: (text: string) => unknown): Script =>
  ({ toolResults, lastText }) =>
    toolResults.length === 0 ? calls(tool, given(lastText), `call_${lastText.length}`) : says('That is all.');

/** The question about a deed. */
export function question(page: Page, headline: string | RegExp): Locator {
  return page.getByRole('region', { name: headline });
}

/** Presses an answer of a question and waits until the question is gone. */
export async function answer(card: Locator, name: string | RegExp): Promise<void> {
  await card.getByRole('button', { name }).click();
  await expect(card).toBeHidden();
}

/** The names in a folder, sorted; those below as "folder/name". */
export function namesIn(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
