import type { Failure } from '../../../../node-core/api/failures.ts';

/** Where a failure of an answer is mended, apart from trying again. */
export type NoticeMend = 'new-chat' | 'models';

/** What mends a failure, the likelier way first. Trying again alone would fail in the same way. */
export function noticeMends(failure: Failure): readonly NoticeMend[] {
  switch (failure.kind) {
    case 'no-model':
    case 'model-refused-key':
    case 'model-unknown':
    case 'engine-absent':
      return ['models'];
    case 'model-context-full':
      return ['new-chat', 'models'];
    case 'engine-ended':
      // A crash or a hang is over when it is started anew.
      return failure.cause === 'crash' || failure.cause === 'hang' ? [] : ['models'];
    default:
      return [];
  }
}
