import { z } from 'zod';
import type { Reckoner } from '../reckoner/reckoner.ts';
import { formSchema } from '../reckoner/reckoner-messages.ts';
import { defineTool, type Tool } from '../tools/tool.ts';

/** Longest expression, in characters. */
const maxExpressionChars = 500;

/** Computes exactly; the expression can compute and do nothing else. */
export function createCalculate(reckoner: Pick<Reckoner, 'calculate'>): Tool {
  return defineTool({
    name: 'calculate',
    description:
      'Computes an expression exactly: + - * / ^ %, percentages (200 + 19%), units (5 inch to cm, 90 km/h to m/s), lists ([1,2,3]), and functions such as sqrt, round, log, sin, mean, median, std, gcd, combinations. Use it instead of reckoning yourself. Write a decimal point, no thousands separators.',
    input: z.strictObject({
      expression: z.string().trim().min(1).max(maxExpressionChars).describe('For example: (1299 - 15%) * 3'),
      as: formSchema.default('decimal').describe('`fraction` keeps numbers as ratios of integers.'),
    }),
    async run({ expression, as }, { signal }) {
      const result = await reckoner.calculate(expression, as, signal);
      return { value: { expression, result }, sources: [] };
    },
  });
}
