import { useTranslation } from 'react-i18next';
import { failureText } from './messages/failure-text.ts';
import { useCall } from './rpc/use-call.ts';
import { saveFile } from './save-file.ts';
import { useToasts } from './ui/toast.tsx';

/** Saves what the node makes of an agent or a recipe as a file; says so where it does not work. @returns takes its id */
export function useExportFile(name: 'agents.export' | 'recipes.export'): (id: string) => Promise<void> {
  const { t } = useTranslation();
  const toasts = useToasts();
  const read = useCall(name);
  return async (id) => {
    const outcome = await read.run({ id });
    if (outcome.isOk) saveFile(outcome.value.fileName, [outcome.value.text], 'application/json');
    else toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
}
