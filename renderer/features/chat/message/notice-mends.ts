import type { TurnState } from '../../../../node-core/api/conversation-views.ts';
import type { Failure } from '../../../../node-core/api/failures.ts';

/** Where what ended an answer is mended, apart from trying again. */
export type NoticeMend = 'new-chat' | 'models';

/** What is to be done about the end of an answer, the likelier way first. Trying again alone would end in the same way. */
export function noticeMends(state: TurnState): readonly NoticeMend[] {
  if (state.kind === 'failed') return failureMends(state.failure);
  return state.kind === 'complete' && state.reason === 'full' ? fullMends : [];
}

const fullMends = ['new-chat', 'models'] as const;

function failureMends(failure: Failure): readonly NoticeMend[] {
  switch (failure.kind) {
    case 'no-model':
    case 'model-refused-key':
    case 'model-unknown':
    case 'engine-absent':
      return ['models'];
    case 'model-context-full':
      return fullMends;
    case 'engine-ended':
      // A crash or a hang is over when it is started anew.
      return failure.cause === 'crash' || failure.cause === 'hang' ? [] : ['models'];
    default:
      return [];
  }
}
