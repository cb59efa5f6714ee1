import { describe, expect, test } from 'vitest';
import { createCalculate } from '../../../../node-core/agents/reckoning/calculate.ts';
import { ToolRefusal } from '../../../../node-core/agents/tools/tool.ts';
import { toolContext } from '../../../builders/deed-tool.ts';
import { readWith } from '../../../builders/tool.ts';
import { createNearReckoner } from '../../../doubles/reckoner.ts';

const calculate = createCalculate(createNearReckoner());
const compute = async (expression: string, more: object = {}) =>
  (await readWith(calculate, { expression, ...more }, toolContext())).value;
const resultOf = async (expression: string, more: object = {}) => {
  const value = await compute(expression, more);
  return typeof value === 'object' && value !== null && 'result' in value ? value.result : value;
};

describe('results', () => {
  test.each([
    ['0.1 + 0.2', '0.3'],
    ['2^10', '1024'],
    ['1/3', '0.33333333333333333333333333333333'],
    ['2^200', '1.6069380442589902755419620923412e+60'],
    ['200 + 19%', '238'],
    ['15% * 80', '12'],
    ['(1299 - 15%) * 3', '3312.45'],
    ['5 inch to cm', '12.7 cm'],
    ['90 km/h to m/s', '25 m / s'],
    ['2 hours + 30 minutes to minutes', '150 minutes'],
    ['mean([1, 2, 3, 4])', '2.5'],
    ['max(3, 9, 2)', '9'],
    ['round(2/3, 3)', '0.667'],
    ['sqrt(16) + cbrt(27)', '7'],
    ['5!', '120'],
    ['combinations(49, 6)', '13983816'],
    ['sin(pi / 2)', '1'],
    ['17 mod 5', '2'],
    ['3 > 2 ? 10 : 20', '10'],
    ['1 < 2 < 3', 'true'],
    ['gcd(48, 36)', '12'],
  ])('%s = %s', async (expression, result) => {
    expect(await resultOf(expression)).toBe(result);
  });

  test.each([
    ['1/3 + 1/6', '1/2'],
    ['0.75', '3/4'],
    ['2', '2/1'],
  ])('as a fraction, %s = %s', async (expression, result) => {
    expect(await resultOf(expression, { as: 'fraction' })).toBe(result);
  });
});

describe('what could do more than compute is refused', () => {
  test.each([
    'import({a: 1})',
    'createUnit("foo")',
    'evaluate("1+1")',
    'parse("1+1")',
    'simplify("x+x")',
    'derivative("x^2", "x")',
    'resolve("x")',
    'config({})',
    'compile("1")',
    'help("sin")',
    'chain(1)',
    'typed("f", {})',
    'random()',
    'ones(10000, 10000)',
    'zeros(10^9)',
    'range(0, 10^9)',
    '1:1000000000',
    'f(x) = f(x)',
    'x = 3',
    '1; 2',
    '"a text"',
    'concat("a", "b")',
    '{a: 1}',
    '{}.constructor',
    'sqrt.constructor("return process")()',
    'cos.name',
    '[1,2][1]',
    'map([1,2], sqrt)',
    'sqrt',
    'constructor',
    '__proto__',
    'process',
    'format(1, "x")',
  ])('%s', async (expression) => {
    await expect(compute(expression)).rejects.toThrow(ToolRefusal);
  });
});

describe('what would never end is broken off, and the node goes on', () => {
  test.each(['(10^8)!', 'factorial(factorial(20))', '9^(9^(9^9))', 'combinations(10^9, 5*10^8)', 'isPrime(2^61 - 1)'])(
    '%s',
    async (expression) => {
      const startedAt = performance.now();
      await compute(expression).catch((error: unknown) => expect(error).toBeInstanceOf(ToolRefusal));
      expect(performance.now() - startedAt).toBeLessThan(8000);
      expect(await resultOf('1 + 1')).toBe('2');
    },
  );

  test('fractions of huge powers', async () => {
    await compute('3^(10^9)', { as: 'fraction' }).catch((error: unknown) => expect(error).toBeInstanceOf(ToolRefusal));
    expect(await resultOf('1/2', { as: 'fraction' })).toBe('1/2');
  });
});

test('limits of length and of parts', async () => {
  await expect(compute('1+'.repeat(250))).rejects.toThrow(ToolRefusal);
  await expect(compute(`1${'+1'.repeat(150)}`)).rejects.toThrow('200 parts');
  await expect(compute('1'.repeat(501))).rejects.toThrow('arguments are wrong');
  const long = await resultOf('2^20000', { as: 'fraction' });
  expect(String(long)).toMatch(/^3980276.*… \(\d+ characters\)$/s);
});

test('what is wrong is explained', async () => {
  await expect(compute('1 + ')).rejects.toThrow('This cannot be computed:');
  await expect(compute('5 inch to kg')).rejects.toThrow('This cannot be computed:');
});
