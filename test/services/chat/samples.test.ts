import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openTestChat } from '../../builders/chat.ts';
import { imported } from '../../builders/exported-chat.ts';

const samples = path.join(import.meta.dirname, 'samples');

test.each(fs.readdirSync(samples))('%s, an export of an earlier version, can be taken in', async (name) => {
  const open = await openTestChat({ series: 1 });
  const result = await imported(open, fs.readFileSync(path.join(samples, name), 'utf8'));
  expect(result).toEqual({ conversations: 1, messages: 4, skipped: 0 });
  const { hits } = await open.call('search.messages', { query: 'rest first', limit: 10 });
  expect(hits).toMatchObject([{ role: 'assistant', conversationTitle: 'Plan my day' }]);
});
