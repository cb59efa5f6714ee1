import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { paperColour } from '../../../../electron/window/paper.ts';

test('the window begins with the paper of the page', () => {
  const styles = fs.readFileSync(path.join(import.meta.dirname, '../../../../renderer/ui/styles.css'), 'utf8');
  const [, light, dark] = styles.match(/--paper: light-dark\((#\w+), (#\w+)\);/) ?? [];
  expect([paperColour(false), paperColour(true)]).toEqual([light, dark]);
});
