import { expect, test } from 'vitest';
import { openTestChat } from '../../builders/chat.ts';
import { openTestHands } from '../../builders/hands.ts';
import { testId } from '../../builders/ids.ts';

const grant = (id: string) => ({
  id,
  agent_id: 'nunba',
  tool_name: 'fetch_page',
  subject_json: JSON.stringify({ kind: 'host', host: 'example.org' }),
  conversation_id: null,
  given_at: 1,
});

test.each(['replace', 'merge'] as const)(
  'a restore by %s gives back no permission that was taken back',
  async (mode) => {
    const open = await openTestChat();
    const { db } = open.storage;
    await db
      .insertInto('grants')
      .values(grant(testId(1)))
      .execute();
    const backup = await open.storage.backup();
    const { hands, view } = await openTestHands({ storage: open.storage });
    await hands.handlers.calls['hands.revoke']({ grantId: testId(1) });
    await db
      .insertInto('grants')
      .values(grant(testId(2)))
      .execute();
    await open.storage.restore({ name: backup.name, mode, permit: () => undefined });
    const kept = await open.storage.db.selectFrom('grants').select('id').execute();
    expect(kept).toEqual([{ id: testId(2) }]);
    if (mode === 'replace') expect(view().grants.map(({ id }) => id)).toEqual([testId(2)]);
  },
);
