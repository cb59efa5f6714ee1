import type { ShellCallHandlers } from '../../node-core/api/shell-contract.ts';
import type { ShellState } from './shell-state.ts';

/** Puts the answers to the page's calls together; a call that nobody answers does not compile. */
export function shellHandlers(state: ShellState): ShellCallHandlers {
  return {
    'runtime.restart': notThereYet,
    'logs.open': notThereYet,
    'diagnostics.save': notThereYet,
    'settings.update': notThereYet,
    'updates.check': notThereYet,
    'updates.install': notThereYet,
    'updates.goBack': notThereYet,
    'linkedChat.taken': notThereYet,
    'notice.dismiss': ({ id }) => {
      state.dismiss(id);
      return {};
    },
  };
}

/** Replaced by each part of the shell as it comes. */
function notThereYet(): never {
  throw new Error('not there yet');
}
