import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openTestChat } from '../../builders/chat.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const samples = path.join(import.meta.dirname, 'samples');

test.each(fs.readdirSync(samples))(
  '%s, a database of an earlier version, opens with all that is in it',
  async (name) => {
    const folder = tempFolder();
    const raw = new Database(path.join(folder, 'nunba.db'));
    raw.exec(fs.readFileSync(path.join(samples, name), 'utf8'));
    raw.close();
    const open = await openTestChat({ folder, series: 1 });
    expect(await open.storage.check()).toEqual([]);
    const { hits } = await open.call('search.messages', { query: 'plan my day', limit: 10 });
    expect(hits).toHaveLength(1);
    await open.call('thread.choose', { messageId: hits[0]?.messageId ?? '' });
    const { items } = await open.watch(hits[0]?.conversationId ?? '');
    expect(items[0]).toMatchObject({
      conversation: { title: 'Plan my day', agentId: 'nunba' },
      checklist: { items: [{ text: 'rest', isDone: true }, { text: 'eat' }] },
      page: {
        messages: [
          { text: 'Plan my day', attachments: [{ name: 'plan.txt' }], siblings: { count: 2 } },
          {
            state: { kind: 'complete' },
            provenance: { modelId: 'small' },
            timing: { firstTokenMs: 120, outputTokens: 5 },
            parts: [
              { kind: 'reasoning' },
              { kind: 'tool', outcome: { kind: 'done' } },
              { kind: 'text', text: 'Rest first.' },
              { kind: 'citations' },
            ],
          },
        ],
      },
    });
  },
);
