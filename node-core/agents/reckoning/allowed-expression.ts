import type { MathNode } from 'mathjs';

/** Most parts of one expression. */
const maxParts = 200;

const functions: ReadonlySet<string> = new Set([
  ...[
    'abs',
    'ceil',
    'fix',
    'floor',
    'round',
    'sign',
    'sqrt',
    'cbrt',
    'nthRoot',
    'square',
    'cube',
    'pow',
    'exp',
    'expm1',
  ],
  ...['log', 'log10', 'log2', 'log1p', 'mod', 'gcd', 'lcm', 'factorial', 'combinations', 'permutations', 'isPrime'],
  ...['min', 'max', 'mean', 'median', 'mode', 'sum', 'prod', 'std', 'variance', 'mad', 'quantileSeq', 'hypot'],
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh', 'to', 'bin', 'oct', 'hex'],
]);

const constants: ReadonlySet<string> = new Set(['pi', 'e', 'tau', 'phi', 'i', 'true', 'false', 'Infinity', 'NaN']);

/**
 * Why an expression is not evaluated; `null`: it is nothing but numbers, units, operators, lists of numbers and
 * functions of the list above. Definitions, texts, ranges, indices and everything that is not known are refused, so that
 * what is evaluated can only compute. Pure.
 *
 * @param isUnit whether a name is that of a unit and of nothing else
 */
export function refuseExpression(root: MathNode, isUnit: (name: string) => boolean): string | null {
  let parts = 0;
  let reason: string | null = null;
  root.traverse((node, path, parent) => {
    parts += 1;
    reason ??= parts > maxParts ? `more than ${maxParts} parts` : refuseNode(node, path, parent, isUnit);
  });
  return reason;
}

function refuseNode(node: MathNode, path: string, parent: MathNode | null, isUnit: (name: string) => boolean) {
  switch (node.type) {
    case 'ConstantNode':
      return 'value' in node && typeof node.value === 'string' ? 'a text' : null;
    case 'FunctionNode':
      return functions.has(nameOf(node)) ? null : `the function ${nameOf(node).slice(0, 40) || '(none)'}`;
    case 'SymbolNode': {
      const name = nameOf(node);
      const isCalled = parent?.type === 'FunctionNode' && path === 'fn';
      return isCalled || constants.has(name) || isUnit(name) ? null : `the name ${name.slice(0, 40)}`;
    }
    case 'OperatorNode':
    case 'ParenthesisNode':
    case 'ArrayNode':
    case 'ConditionalNode':
    case 'RelationalNode':
      return null;
    default:
      return `what ${node.type} stands for`;
  }
}

/** Of a symbol or of the function that is called. */
function nameOf(node: MathNode): string {
  if ('name' in node && typeof node.name === 'string') return node.name;
  return '';
}
