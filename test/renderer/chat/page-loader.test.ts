import { expect, test } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { PageLoader, pageSize } from '../../../renderer/features/chat/thread/page-loader.ts';
import { ThreadStore } from '../../../renderer/features/chat/thread/thread-store.ts';
import { testId } from '../../builders/ids.ts';
import { conversationView, userMessage } from '../../builders/thread-views.ts';
import { createFakeClient } from '../../doubles/client.ts';
import { Frames } from './frames.ts';

const length = 1_000;
const messages = (from: number, count: number) =>
  Array.from({ length: count }, (_, place) => userMessage({ id: testId(from + place) }));

function setUp() {
  const client = createFakeClient({
    calls: { 'thread.page': ({ from, count }) => ({ length, from, messages: messages(from, count) }) },
  });
  const frames = new Frames();
  const store = new ThreadStore(frames.next);
  store.take({
    kind: 'opened',
    conversation: conversationView(),
    checklist: null,
    page: { length, from: length - 50, messages: messages(length - 50, 50) },
  });
  return { client, frames, store, loader: new PageLoader(client, testId(1), store) };
}

const settled = async (): Promise<void> => {
  for (let round = 0; round < 20; round += 1) await Promise.resolve();
};
const asked = (client: ReturnType<typeof createFakeClient>) => client.inputs('thread.page').map(({ from }) => from);

test('what is there already is not asked for', () => {
  const { client, loader } = setUp();
  loader.want(length - 20, length - 1);
  expect(asked(client)).toEqual([]);
});

test('whole pages are asked for, each once while it is under way', async () => {
  const { client, loader, store } = setUp();
  loader.want(195, 205);
  loader.want(198, 208);
  await settled();
  expect(asked(client)).toEqual([pageSize, 2 * pageSize]);
  expect(store.message(195)?.id).toBe(testId(195));
  expect(store.message(299)?.id).toBe(testId(299));
  expect(store.message(300)).toBeNull();
});

test('a page that became old on its way is asked for again', async () => {
  const { client, loader, store, frames } = setUp();
  loader.want(0, 5);
  store.take({ kind: 'path', page: { length, from: length - 1, messages: messages(length - 1, 1) } });
  frames.pass();
  await settled();
  expect(asked(client)).toEqual([0, 0]);
  expect(store.message(0)?.id).toBe(testId(0));
});

test('a page that cannot be loaded is asked for when it is looked at again', async () => {
  const { client, loader } = setUp();
  client.answer('thread.page', () => {
    throw new FailureError({ kind: 'disconnected' });
  });
  loader.want(0, 5);
  await settled();
  loader.want(0, 6);
  await settled();
  expect(asked(client)).toEqual([0, 0]);
});

test('a message of which a piece got lost is loaded again although it is there', async () => {
  const { client, loader, store, frames } = setUp();
  store.take({ kind: 'delta', messageId: testId(length - 1), part: 0, offset: 10, text: 'x' });
  frames.pass();
  loader.want(length - 1, length - 1);
  await settled();
  expect(asked(client)).toEqual([length - pageSize]);
});
