import fs from 'node:fs';
import path from 'node:path';
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { StateGlyph } from '../../../renderer/ui/state-glyph.tsx';

const drawings = path.resolve('resources/icons/tray');
const states = ['flat', 'joining', 'healthy', 'degraded', 'attention', 'paused', 'halted'] as const;

/** Whether each shape that is drawn is filled. What is cut out of a drawing is drawn over it on the page. */
function fills(svg: Element): readonly string[] {
  const shapes = [...svg.querySelectorAll('circle, rect, path')];
  const drawn = shapes.filter((shape) => !shape.closest('mask') && !shape.classList.contains('stroke-surface'));
  return drawn.map((shape) => (shape.getAttribute('fill') === 'none' ? 'outline' : 'filled'));
}

test.each(states)('%s is outlined or filled on the page as it is in the tray', (state) => {
  const { container } = render(<StateGlyph state={state} />);
  const page = container.querySelector('svg');
  const text = fs.readFileSync(path.join(drawings, `${state}.svg`), 'utf8');
  const tray = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  expect(page && fills(page)).toEqual(fills(tray));
});

test('joining fills the same half of the circle on the page as in the tray', () => {
  const { container } = render(<StateGlyph state="joining" />);
  const half = container.querySelector('path')?.getAttribute('d');
  expect(fs.readFileSync(path.join(drawings, 'joining.svg'), 'utf8')).toContain(`d="${half}"`);
});
