import type { Effect } from './effect.ts';

/** A step of a deed and how it stands. */
export interface KnownStep {
  readonly effect: Effect;
  readonly state: 'done' | 'not-done' | 'unknown';
}

/** Most steps that are named one by one; of more, the last ones are. */
const mostNamed = 8;
const mostChars = 1800;

/**
 * What a model is told of a deed in whose middle the answer or the program ended: which steps were done, so that it does
 * none of them again, and which is not known. Pure.
 */
export function describeSteps(steps: readonly KnownStep[]): string {
  if (steps.length === 0) return 'It was allowed, but it ended before its first step: nothing was done.';
  const done = steps.filter(({ state }) => state === 'done');
  const unknown = steps.filter(({ state }) => state === 'unknown');
  const sentences = [
    'It ended in the middle.',
    done.length === 0 ? 'Nothing of it was done.' : `Done: ${nameSteps(done)}.`,
    ...(unknown.length === 0
      ? []
      : [`Whether this was done is not known, so look before you do it again: ${nameSteps(unknown)}.`]),
    ...(done.length === 0
      ? []
      : ['What is not named here and comes after was not begun. Do not do again what is done.']),
  ];
  return sentences.join(' ').slice(0, mostChars);
}

const nameSteps = (steps: readonly KnownStep[]): string => {
  const named = steps.slice(-mostNamed).map(({ effect }) => nameEffect(effect));
  const left = steps.length - named.length;
  return left === 0 ? named.join('; ') : `${left} steps before, and then ${named.join('; ')}`;
};

/** An effect in a few words: `wrote /home/me/a.txt`. Pure. */
export const nameEffect = (effect: Effect): string => {
  switch (effect.kind) {
    case 'write-file':
      return `wrote ${effect.path}`;
    case 'move':
      return `moved ${effect.from} to ${effect.to}`;
    case 'make-folder':
      return `made the folder ${effect.path}`;
    case 'remove-file':
      return `removed ${effect.path}`;
    case 'outside':
      return effect.what;
  }
};
