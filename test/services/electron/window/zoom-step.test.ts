import { expect, test } from 'vitest';
import { type ZoomStep, zoomAfter } from '../../../../electron/window/zoom-step.ts';

test.each<[number, ZoomStep, number]>([
  [0, 'in', 0.5],
  [0, 'out', -0.5],
  [1.5, 'reset', 0],
  [0.6, 'in', 1],
  [4.5, 'in', 5],
  [5, 'in', 5],
  [-3, 'out', -3],
  [-2.9, 'out', -3],
])('%d, %s: %d', (level, step, next) => {
  expect(zoomAfter(level, step)).toBe(next);
});
