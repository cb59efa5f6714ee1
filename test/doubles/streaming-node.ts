import path from 'node:path';
import { createChat } from '../../node-core/chat/create-chat.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import type { Answerer } from '../../node-core/protocol/ports/answers.ts';
import { openStorage } from '../../node-core/storage/open-storage.ts';
import { createIds } from '../builders/ids.ts';
import { createFakeBreaker } from './breaker.ts';
import { noDeeds } from './deed-records.ts';

/**
 * A process that streams an answer without end, a token every 10 ms, into the database of the folder it is given,
 * and says each token on its standard output. It is meant to be killed.
 */
const folder = process.argv[2] ?? '';
const log = { info: () => undefined, warn: () => undefined, error: console.error };

const answerer: Answerer = {
  async *answer() {
    for (let token = 1; ; token += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      yield { kind: 'text', text: `t${token} ` };
      process.stdout.write(`token ${token}\n`);
    }
  },
};

const file = path.join(folder, 'nunba.db');
const storage = await openStorage({ file, backupsFolder: path.join(folder, 'backups'), clock: systemClock, log });
const { calls } = createChat({
  storage,
  answerer,
  agentExists: () => true,
  agentName: (id) => id,
  deeds: noDeeds,
  takesModel: () => true,
  breaker: createFakeBreaker(),
  defaultAgentId: () => Promise.resolve('nunba'),
  clock: systemClock,
  ids: createIds(),
  log,
}).handlers;
const { id } = await calls['conversations.create']({ agentId: null, model: null });
process.stdout.write(`conversation ${id}\n`);
await calls['thread.send']({ conversationId: id, text: 'Tell me everything', attachmentIds: [] });
