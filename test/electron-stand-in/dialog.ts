import type { Dialog, MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import { record } from './record.ts';
import { standsFor } from './stands-for.ts';

/** With or without the window they belong to. */
type Given = readonly [object, object?];

const optionsOf = ([first, second]: Given): object => second ?? first;

function note(kind: 'open' | 'save' | 'message', given: Given): void {
  record.dialogs.push({ kind, options: optionsOf(given) });
}

function answerOf(given: Given): MessageBoxReturnValue {
  const { cancelId, defaultId, checkboxChecked = false } = optionsOf(given) as MessageBoxOptions;
  return { response: cancelId ?? defaultId ?? 0, checkboxChecked };
}

/** Every dialog is cancelled, unless a test replaces its function; error boxes are kept. */
export const dialog = standsFor('dialog', {
  showOpenDialog: async (...given: Given) => {
    note('open', given);
    return { canceled: true, filePaths: [] };
  },
  showOpenDialogSync: (...given: Given) => {
    note('open', given);
    return undefined;
  },
  showSaveDialog: async (...given: Given) => {
    note('save', given);
    return { canceled: true, filePath: '' };
  },
  showSaveDialogSync: (...given: Given) => {
    note('save', given);
    return '';
  },
  showMessageBox: async (...given: Given) => {
    note('message', given);
    return answerOf(given);
  },
  showMessageBoxSync: (...given: Given) => {
    note('message', given);
    return answerOf(given).response;
  },
  showErrorBox(title: string, content: string): void {
    record.errorBoxes.push({ title, content });
    console.error(`stand-in: error box: ${title}: ${content}`);
  },
} satisfies Partial<Dialog>);
