import { createMathPlugin } from '@streamdown/math';
import type { MathPlugin } from 'streamdown';

const plugin = createMathPlugin({ errorColor: 'var(--bad)' });
const [rehypeKatex, options] = plugin.rehypePlugin as [unknown, Record<string, unknown>];

/** Formulas as MathML, which the engine draws itself: no fonts and no style sheet to load, and it can be read out. */
export const mathPlugin: MathPlugin = {
  ...plugin,
  rehypePlugin: [rehypeKatex, { ...options, output: 'mathml' }] as MathPlugin['rehypePlugin'],
};
