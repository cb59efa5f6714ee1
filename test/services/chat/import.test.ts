import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archiveSchema } from '../../../node-core/chat/archive-format.ts';
import { archiveConversations } from '../../builders/archive-conversations.ts';
import { openTestChat } from '../../builders/chat.ts';
import { content, everything, exported, fullChat, imported } from '../../builders/exported-chat.ts';

test('skips what is here, and brings back what was deleted', async () => {
  const { open, id } = await fullChat();
  const { text } = await exported(open, 'json');
  const before = await everything(open);
  expect(await imported(open, text)).toEqual({ conversations: 0, messages: 0, skipped: 2 });
  expect(await everything(open)).toEqual(before);
  await open.call('conversations.delete', { id });
  expect(await imported(open, text)).toEqual({ conversations: 1, messages: 0, skipped: 1 });
  expect(await everything(open)).toEqual(before);
});

test('gives a conversation of an unknown agent the default one', async () => {
  const { open } = await fullChat();
  const { text } = await exported(open, 'json');
  const other = await openTestChat({ series: 1, agentExists: (agentId) => agentId === 'nunba' });
  await imported(other, text.replaceAll('"agentId":"nunba"', '"agentId":"own-gone"'));
  const rows = await other.storage.db.selectFrom('conversations').select('agent_id').execute();
  expect(rows).toEqual([{ agent_id: 'nunba' }, { agent_id: 'nunba' }]);
});

test('tells watchers of the list', async () => {
  const { open } = await fullChat();
  const { text } = await exported(open, 'json');
  const other = await openTestChat({ series: 1 });
  const seen: number[] = [];
  await other.chat.handlers.subscriptions['conversations.watch'](
    {},
    { next: (item) => void (item.kind === 'all' && seen.push(item.conversations.length)) },
  );
  await imported(other, text);
  expect(seen).toEqual([0, 2]);
});

test('one that waits too long is dropped; one that was cancelled is gone', async () => {
  const open = await openTestChat();
  const { id } = await open.call('imports.begin', {});
  await open.clock.advance(9 * 60_000);
  await open.call('imports.append', { id, text: '{' });
  await open.clock.advance(11 * 60_000);
  const gone = { failure: { kind: 'not-found', what: 'import' } };
  await expect(open.call('imports.append', { id, text: '}' })).rejects.toMatchObject(gone);
  const again = await open.call('imports.begin', {});
  await open.call('imports.cancel', again);
  await open.call('imports.cancel', again);
  await expect(open.call('imports.finish', again)).rejects.toMatchObject(gone);
});

test('only so many at once', async () => {
  const open = await openTestChat();
  for (let count = 0; count < 2; count += 1) await open.call('imports.begin', {});
  await expect(async () => open.call('imports.begin', {})).rejects.toMatchObject({ failure: { kind: 'too-many' } });
});

test('any junk is refused with a reason and changes nothing', async () => {
  const { open } = await fullChat();
  const before = await everything(open);
  const head = '{"format":"nunba-chats","version":1,"conversations":';
  const junk = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `${head}${json}}`),
    fc.json().map((json) => `${head}[${json}]}`),
    fc.constant('{"format":"nunba-chats","version":2,"conversations":[]}'),
  );
  await fc.assert(
    fc.asyncProperty(junk, async (text) => {
      if (text === `${head}[]}`) return;
      await expect(imported(open, text)).rejects.toMatchObject({ failure: { kind: 'import-unreadable' } });
    }),
    { numRuns: 300 },
  );
  expect(await everything(open)).toEqual(before);
});

test('an export that was tampered with anywhere is taken in whole or not at all', async () => {
  const { open } = await fullChat();
  const tree = JSON.parse(
    (await exported(open, 'json')).text.replace(/"base64":"iVBOR[^"]*"/, '"base64":"iVBORw0KGgo="'),
  );
  const places = pathsOf(tree);
  const other = await openTestChat({ series: 1 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), fc.jsonValue(), async (place, value) => {
      const text = JSON.stringify(withValue(tree, place, value));
      const before = await everything(other);
      try {
        await imported(other, text);
      } catch (error) {
        expect(error).toMatchObject({ failure: { kind: 'import-unreadable' } });
        expect(await everything(other)).toEqual(before);
      }
      await exported(other, 'json').then(({ text }) => archiveSchema.parse(JSON.parse(text)));
      await other.storage.db.deleteFrom('conversations').execute();
    }),
    { numRuns: 300 },
  );
  expect(await other.storage.check()).toEqual([]);
});

test('a conversation of any shape comes back as it was', async () => {
  const open = await openTestChat();
  await fc.assert(
    fc.asyncProperty(archiveConversations, async (conversation) => {
      const archive = { format: 'nunba-chats', version: 1, conversations: [conversation] };
      await imported(open, JSON.stringify(archive));
      expect(content(await exported(open, 'json'))).toEqual({ ...archive, exportedAt: null });
      await open.storage.db.deleteFrom('conversations').execute();
    }),
    { numRuns: 60 },
  );
});

type Place = readonly (string | number)[];

/** Every place of a JSON value, as the way to it. */
function pathsOf(value: unknown, way: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...way, key]))];
}

/** A copy of `value` with another value at one place. */
function withValue(value: unknown, [key, ...rest]: Place, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((each: unknown, index) =>
      String(index) === String(key) ? withValue(each, rest, replacement) : each,
    );
  }
  const record = value as Record<string, unknown>;
  return { ...record, [key]: withValue(record[key], rest, replacement) };
}
