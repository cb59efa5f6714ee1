import { expect, test } from 'vitest';
import { english } from '../../../node-core/api/english.ts';
import { obstacleSentence, unreachableCauses } from '../../../node-core/api/trust-sentences.ts';
import { chainDefects } from '../../../node-core/protocol/trust/chain-terms.ts';
import { enrolmentRefusals } from '../../../node-core/protocol/trust/enrolment.ts';
import type { TrustObstacle } from '../../../node-core/protocol/trust/obstacle.ts';

const describe = (kind: TrustObstacle['kind'], code: string): string =>
  english(obstacleSentence({ kind, code, said: null }));

const known = [
  ...unreachableCauses.map((code) => ['unreachable', code] as const),
  ...Object.keys(enrolmentRefusals).map((code) => ['refused', code] as const),
  ...chainDefects.map((code) => ['defect', code] as const),
  ['defect', 'clock-too-far'] as const,
];

test.each(known)('%s: %s has a sentence of its own that says what to do', (kind, code) => {
  const sentence = describe(kind, code);
  expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
  // The sentence for codes of later versions names the code in brackets.
  expect(sentence).not.toContain(`(${code})`);
  expect(sentence.length).toBeLessThanOrEqual(500);
});

test('no two codes of one kind share a sentence', () => {
  const sentences = known.map(([kind, code]) => `${kind} ${describe(kind, code)}`);
  expect(new Set(sentences).size).toBe(known.length);
});

test.each(['unreachable', 'refused', 'defect'] as const)('an unknown %s is named as it is', (kind) => {
  expect(describe(kind, 'of-a-later-version')).toContain('(of-a-later-version)');
  expect(describe(kind, 'constructor')).toContain('(constructor)');
});
