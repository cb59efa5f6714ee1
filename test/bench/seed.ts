import { placesIn } from '../../node-core/platform/data-folder.ts';
import { ownFolder } from '../../node-core/platform/owned-folder.ts';
import { createPlainHost } from '../../node-core/platform/plain-host.ts';
import { findProgramFiles } from '../../node-core/platform/program-files.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import { createIds } from '../../node-core/platform/ulid-ids.ts';
import { openStorage } from '../../node-core/storage/open-storage.ts';
import type { Storage } from '../../node-core/storage/storage.ts';
import { nodeConfig } from '../builders/node-config.ts';

/**
 * Words as often as in a language (Zipf): the first stands in nearly every message, the 200th in about one of 60. The
 * named ones are those that the search asks for.
 */
const vocabulary: readonly string[] = Array.from({ length: 4000 }, (_, rank) => {
  const named: Readonly<Record<number, string>> = {
    0: 'the',
    20: 'night',
    60: 'train',
    200: 'harbour',
    500: 'lantern',
  };
  return named[rank] ?? `${syllable(rank)}${syllable(rank * 7 + 3)}${syllable(rank >> 5)}`;
});

function syllable(n: number): string {
  return `${'bdfgklmnprstvw'[n % 14]}${'aeiou'[Math.floor(n / 14) % 5]}`;
}

/** The rank of the nth word of message `index`; the same in every run. */
function rankOf(index: number, n: number): number {
  const share = ((Math.imul(index * 64 + n + 1, 2_654_435_761) >>> 0) % 1_000_003) / 1_000_003;
  return Math.min(vocabulary.length - 1, Math.floor((vocabulary.length + 1) ** share) - 1);
}

const chunkSize = 500;

/** A conversation of `count` messages, prompts and answers in turn, as one branch. */
export interface Seed {
  readonly title: string;
  readonly count: number;
}

/** Writes conversations straight into a new data folder. Returns their ids. */
export async function seedFolder(dataFolder: string, seeds: readonly Seed[]): Promise<readonly string[]> {
  const folder = ownFolder(dataFolder, 'bench');
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const { database: file, backups: backupsFolder } = placesIn(dataFolder);
  const storage = await openStorage({ file, backupsFolder, clock: systemClock, log });
  try {
    const ids = createIds(systemClock);
    const made: string[] = [];
    for (const seed of seeds) made.push(await seedConversation(storage, ids, seed));
    return made;
  } finally {
    await storage.close();
    folder.release();
  }
}

async function seedConversation(storage: Storage, ids: () => string, seed: Seed): Promise<string> {
  const { db } = storage;
  const id = ids();
  const at = Date.now();
  const conversation = { id, title: seed.title, agent_id: 'nunba', created_at: at, updated_at: at, is_pinned: 0 };
  const parameters = JSON.stringify({ temperature: null, topP: null, maxOutputTokens: null });
  await db
    .insertInto('conversations')
    .values({ ...conversation, model: null, parameters_json: parameters, leaf_id: null, deleted_at: null })
    .execute();
  let leaf: string | null = null;
  for (let from = 0; from < seed.count; from += chunkSize) {
    const rows = Array.from({ length: Math.min(chunkSize, seed.count - from) }, (_, offset) => {
      const row = messageRow(ids(), id, leaf, from + offset, at);
      leaf = row.id;
      return row;
    });
    await db.transaction().execute(async (tx) => {
      for (let part = 0; part < rows.length; part += 100) {
        await tx
          .insertInto('messages')
          .values(rows.slice(part, part + 100))
          .execute();
      }
    });
  }
  await db.updateTable('conversations').set({ leaf_id: leaf }).where('id', '=', id).execute();
  return id;
}

function messageRow(id: string, conversationId: string, parentId: string | null, index: number, at: number) {
  const text = `${sentence(index)} rareword${index}.`;
  const isAnswer = index % 2 === 1;
  return {
    id,
    conversation_id: conversationId,
    parent_id: parentId,
    role: isAnswer ? ('assistant' as const) : ('user' as const),
    created_at: at,
    deleted_at: null,
    text,
    agent_id: isAnswer ? 'nunba' : null,
    parts_json: isAnswer ? JSON.stringify([{ kind: 'text', text }]) : null,
    turn: isAnswer ? ('complete' as const) : null,
    turn_json: isAnswer ? JSON.stringify({ reason: 'complete' }) : null,
    provenance_json: null,
    timing_json: null,
  };
}

/** About 40 words. */
const sentence = (index: number): string =>
  `Message ${index}: the ${Array.from({ length: 36 }, (_, n) => vocabulary[rankOf(index, n)]).join(' ')}`;

/** A host and configuration for a node composed in this process, without settings of the environment. */
export function composedNode(dataFolder: string, modelUrl: string | null) {
  const program = findProgramFiles(import.meta.dirname);
  const provider = {
    id: 'env-endpoint',
    kind: 'openai-compatible' as const,
    name: 'Ticker',
    url: modelUrl ?? '',
    key: null,
    model: 'ticker',
    sourceName: 'bench',
  };
  const config = nodeConfig(dataFolder, { providers: modelUrl === null ? [] : [provider], version: 'bench' });
  return { config, host: createPlainHost(program) };
}
