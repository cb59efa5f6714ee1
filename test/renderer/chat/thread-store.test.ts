import { expect, test } from 'vitest';
import type { MessageView, ThreadItem } from '../../../node-core/api/conversation-views.ts';
import { type ThreadPage, ThreadStore } from '../../../renderer/features/chat/thread/thread-store.ts';
import { testId } from '../../builders/ids.ts';
import { assistantMessage, conversationView, userMessage } from '../../builders/thread-views.ts';
import { Frames } from './frames.ts';

const message = (number: number, text = `message ${number}`): MessageView =>
  number % 2 === 0
    ? userMessage({ id: testId(number), text })
    : assistantMessage({ id: testId(number), parts: [{ kind: 'text', text }] });
const page = (length: number, from: number, count: number, offset = 0): ThreadPage => ({
  length,
  from,
  messages: Array.from({ length: count }, (_, place) => message(from + place + offset)),
});
const opened = (given: ThreadPage): ThreadItem => ({
  kind: 'opened',
  conversation: conversationView(),
  checklist: null,
  page: { ...given, messages: [...given.messages] },
});
const path = (given: ThreadPage): ThreadItem => ({ kind: 'path', page: { ...given, messages: [...given.messages] } });
const delta = (number: number, offset: number, text: string): ThreadItem => ({
  kind: 'delta',
  messageId: testId(number),
  part: 0,
  offset,
  text,
});

const open = (given: ThreadPage) => {
  const frames = new Frames();
  const store = new ThreadStore(frames.next);
  store.take(opened(given));
  return { frames, store };
};
const texts = (store: ThreadStore): (string | null)[] =>
  Array.from({ length: store.shape().length }, (_, index) => {
    const found = store.message(index);
    if (!found) return null;
    return found.role === 'user' ? found.text : found.parts.map((part) => ('text' in part ? part.text : '')).join('');
  });

test('what opens a thread is shown before the next frame', () => {
  const { store } = open(page(5, 3, 2));
  expect(store.shape()).toMatchObject({ length: 5, conversation: { title: 'Rename photos' } });
  expect(texts(store)).toEqual([null, null, null, 'message 3', 'message 4']);
});

test('many deltas reach the listeners of their message once per frame, and nobody else', () => {
  const { store, frames } = open(page(4, 0, 4));
  const heard: string[] = [];
  store.listen(() => heard.push('shape'));
  store.listenMessage(1, () => heard.push('message 1'));
  store.listenMessage(3, () => heard.push('message 3'));
  for (let count = 0; count < 50; count += 1) store.take(delta(3, 9 + count, '.'));
  expect(heard).toEqual([]);
  frames.pass();
  expect(heard).toEqual(['message 3']);
  expect(texts(store)[3]).toBe(`message 3${'.'.repeat(50)}`);
});

test('other messages stay the same objects', () => {
  const { store, frames } = open(page(4, 0, 4));
  const before = [store.message(0), store.message(1), store.message(2)];
  store.take(delta(3, 9, '!'));
  frames.pass();
  expect([store.message(0), store.message(1), store.message(2)].every((one, place) => one === before[place])).toBe(
    true,
  );
});

test('a delta that misses a piece asks for the message again, once', () => {
  const { store, frames } = open(page(2, 0, 2));
  const shape = store.shape();
  store.take(delta(1, 99, 'late'));
  frames.pass();
  expect(texts(store)[1]).toBe('message 1');
  expect(store.shape()).not.toBe(shape);
  expect(store.takeGaps()).toEqual([1]);
  expect(store.takeGaps()).toEqual([]);
});

test('a delta for a message that is not loaded is left out', () => {
  const { store, frames } = open(page(10, 8, 2));
  store.take(delta(3, 0, 'x'));
  frames.pass();
  expect(store.message(3)).toBeNull();
});

test('another branch replaces what follows its first message', () => {
  const { store, frames } = open(page(6, 0, 6));
  store.take(path({ length: 4, from: 2, messages: [message(20), message(21)] }));
  frames.pass();
  expect(texts(store)).toEqual(['message 0', 'message 1', 'message 20', 'message 21']);
  expect(store.indexOf(testId(5))).toBeNull();
  expect(store.indexOf(testId(21))).toBe(3);
  expect(store.message(4)).toBeNull();
});

test('a branch of which only the beginning is sent leaves the rest to be loaded', () => {
  const { store, frames } = open(page(3, 0, 3));
  store.take(path({ length: 500, from: 1, messages: [message(31)] }));
  frames.pass();
  expect(texts(store).slice(0, 3)).toEqual(['message 0', 'message 31', null]);
  expect(store.shape().length).toBe(500);
});

test('a shorter branch forgets what lies behind its end', () => {
  const { store, frames } = open(page(6, 0, 6));
  store.take(path({ length: 2, from: 2, messages: [] }));
  frames.pass();
  expect(texts(store)).toEqual(['message 0', 'message 1']);
});

test('a page is taken, unless the branch changed since it was asked for', () => {
  const { store, frames } = open(page(10, 8, 2));
  const asked = store.shape().path;
  expect(store.takePage(page(10, 0, 3), asked)).toBe(true);
  expect(texts(store).slice(0, 4)).toEqual(['message 0', 'message 1', 'message 2', null]);
  store.take(path({ length: 9, from: 8, messages: [message(40)] }));
  frames.pass();
  expect(store.takePage(page(10, 3, 3), asked)).toBe(false);
  expect(store.message(3)).toBeNull();
});

test('a page is judged by the branch as it is, not as it was last shown', () => {
  const { store } = open(page(10, 8, 2));
  const asked = store.shape().path;
  store.take(path({ length: 1, from: 0, messages: [message(50)] }));
  expect(store.takePage(page(10, 0, 3), asked)).toBe(false);
  expect(texts(store)).toEqual(['message 50']);
});

test('a delta that overlaps a page loaded in between is not doubled', () => {
  const { store, frames } = open(page(2, 0, 1));
  store.takePage({ length: 2, from: 1, messages: [message(1, 'Hello wor')] }, store.shape().path);
  store.take(delta(1, 6, 'world'));
  frames.pass();
  expect(texts(store)[1]).toBe('Hello world');
});

test('a changed message and a new one at the end', () => {
  const { store, frames } = open(page(2, 0, 2));
  store.take({ kind: 'message', index: 1, message: message(1, 'changed') });
  store.take({ kind: 'message', index: 2, message: message(2) });
  frames.pass();
  expect(texts(store)).toEqual(['message 0', 'changed', 'message 2']);
});

test('opening again after a lost connection forgets what was known', () => {
  const { store } = open(page(6, 0, 6));
  store.take(opened(page(3, 2, 1, 60)));
  expect(texts(store)).toEqual([null, null, 'message 62']);
});

test('checklist and conversation change the shape', () => {
  const { store, frames } = open(page(1, 0, 1));
  const checklist = { revision: 2, items: [{ id: 'a', text: 'Pack', isDone: false }] };
  store.take({ kind: 'checklist', checklist });
  store.take({ kind: 'conversation', conversation: conversationView({ title: 'Moving', isRunning: true }) });
  frames.pass();
  expect(store.shape()).toMatchObject({ checklist, conversation: { title: 'Moving', isRunning: true } });
});

test('a closed store hears nothing more of what waited', () => {
  const { store, frames } = open(page(2, 0, 2));
  store.take(delta(1, 9, '!'));
  store.close();
  frames.pass();
  expect(texts(store)[1]).toBe('message 1');
});
