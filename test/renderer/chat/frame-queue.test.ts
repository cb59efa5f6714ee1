import { expect, test } from 'vitest';
import { FrameQueue } from '../../../renderer/features/chat/thread/frame-queue.ts';
import { Frames } from './frames.ts';

const queue = () => {
  const frames = new Frames();
  const drained: (readonly string[])[] = [];
  return { frames, drained, queue: new FrameQueue<string>(frames.next, (items) => drained.push(items)) };
};

test('hands over once per frame, in order', () => {
  const { frames, drained, queue: items } = queue();
  items.push('a');
  items.push('b');
  expect(drained).toEqual([]);
  expect(frames.waiting).toBe(1);
  frames.pass();
  items.push('c');
  frames.pass();
  expect(drained).toEqual([['a', 'b'], ['c']]);
});

test('a frame without items hands over nothing', () => {
  const { frames, drained } = queue();
  frames.pass();
  expect(drained).toEqual([]);
});

test('flush does not wait, and the frame then has nothing left to do', () => {
  const { frames, drained, queue: items } = queue();
  items.push('a');
  items.flush();
  expect(drained).toEqual([['a']]);
  expect(frames.waiting).toBe(0);
});

test('clear forgets what waits', () => {
  const { frames, drained, queue: items } = queue();
  items.push('a');
  items.clear();
  frames.pass();
  expect(drained).toEqual([]);
});
