import type { MathJsInstance } from 'mathjs';
import { callWithin, TookTooLong } from '../../platform/timed-call.ts';
import { ToolRefusal } from '../tools/tool.ts';
import { refuseExpression } from './allowed-expression.ts';

/** Longest result, in characters. */
const maxResultChars = 2000;

/** Longest calculation, ms; the process does nothing else meanwhile. */
const calculationMs = 1500;

/** Digits that are computed with, and digits that are shown. */
const precision = 64;
const shownDigits = 32;

type Form = 'decimal' | 'fraction';

/** Computes an expression. Rejects with a ToolRefusal. */
export type Compute = (expression: string, form: Form) => Promise<string>;

/** What computes expressions that can compute and do nothing else. Loads its library when it is first called. */
export function createCompute(): Compute {
  const engines = new Map<Form, Promise<MathJsInstance>>();
  return async (expression, form) => {
    const engine = engines.get(form) ?? makeEngine(form);
    engines.set(form, engine);
    return evaluate(await engine, expression, form);
  };
}

async function makeEngine(form: Form): Promise<MathJsInstance> {
  const { all, create } = await import('mathjs');
  const math = create(all ?? {}, form === 'decimal' ? { number: 'BigNumber', precision } : { number: 'Fraction' });
  // It makes its parts when they are first needed, which is not to count as the person's calculation.
  math.evaluate('(1 + 2) / 3 ^ 2 - 4 * 5');
  return math;
}

function evaluate(math: MathJsInstance, expression: string, form: Form): string {
  try {
    return callWithin(calculationMs, () => computeIn(math, expression, form));
  } catch (error) {
    if (error instanceof ToolRefusal) throw error;
    if (error instanceof TookTooLong)
      throw new ToolRefusal('The calculation takes too long; make the numbers smaller.');
    const reason = error instanceof Error ? error.message.slice(0, 300) : '';
    throw new ToolRefusal(`This cannot be computed: ${reason}`, { cause: error });
  }
}

function computeIn(math: MathJsInstance, expression: string, form: Form): string {
  const root = math.parse(expression);
  const isUnit = (name: string): boolean => !(name in math) && math.Unit.isValuelessUnit(name);
  const reason = refuseExpression(root, isUnit);
  if (reason !== null) throw new ToolRefusal(`This cannot be computed: ${reason} is not allowed here.`);
  const value: unknown = root.compile().evaluate(new Map());
  const shape =
    form === 'fraction' ? { fraction: 'ratio' as const } : { precision: shownDigits, upperExp: shownDigits };
  const text = math.format(value, { notation: 'auto', ...shape });
  return text.length > maxResultChars ? `${text.slice(0, maxResultChars)}… (${text.length} characters)` : text;
}
