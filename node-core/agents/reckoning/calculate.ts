import type { MathJsInstance } from 'mathjs';
import { z } from 'zod';
import { callWithin, TookTooLong } from '../../platform/timed-call.ts';
import { defineTool, type Tool, ToolRefusal } from '../tools/tool.ts';
import { refuseExpression } from './allowed-expression.ts';

/** Longest expression, in characters. */
const maxExpressionChars = 500;

/** Longest result, in characters. */
const maxResultChars = 2000;

/** Longest calculation, ms; the node does nothing else meanwhile. */
const calculationMs = 1500;

/** Digits that are computed with, and digits that are shown. */
const precision = 64;
const shownDigits = 32;

type Form = 'decimal' | 'fraction';

/** Computes exactly. Loads its library when it is first used; the expression can compute and do nothing else. */
export function createCalculate(): Tool {
  const engines = new Map<Form, Promise<MathJsInstance>>();
  const engine = (form: Form): Promise<MathJsInstance> => {
    const made = engines.get(form) ?? makeEngine(form);
    engines.set(form, made);
    return made;
  };
  return defineTool({
    name: 'calculate',
    description:
      'Computes an expression exactly: + - * / ^ %, percentages (200 + 19%), units (5 inch to cm, 90 km/h to m/s), lists ([1,2,3]), and functions such as sqrt, round, log, sin, mean, median, std, gcd, combinations. Use it instead of reckoning yourself. Write a decimal point, no thousands separators.',
    input: z.strictObject({
      expression: z.string().trim().min(1).max(maxExpressionChars).describe('For example: (1299 - 15%) * 3'),
      as: z
        .enum(['decimal', 'fraction'])
        .default('decimal')
        .describe('`fraction` keeps numbers as ratios of integers.'),
    }),
    async run({ expression, as }) {
      const result = evaluate(await engine(as), expression, as);
      return { value: { expression, result }, sources: [] };
    },
  });
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
    return callWithin(calculationMs, () => compute(math, expression, form));
  } catch (error) {
    if (error instanceof ToolRefusal) throw error;
    if (error instanceof TookTooLong)
      throw new ToolRefusal('The calculation takes too long; make the numbers smaller.');
    const reason = error instanceof Error ? error.message.slice(0, 300) : '';
    throw new ToolRefusal(`This cannot be computed: ${reason}`, { cause: error });
  }
}

function compute(math: MathJsInstance, expression: string, form: Form): string {
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
