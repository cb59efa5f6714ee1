import { useTranslation } from 'react-i18next';
import { failureText } from './messages/failure-text.ts';
import type { Outcome } from './rpc/use-call.ts';
import { useToasts } from './ui/toast.tsx';

/** Says in a toast why a call failed that has no place of its own to say it. */
export function useFailureToast(): (run: Promise<Outcome<unknown>>) => void {
  const { t } = useTranslation();
  const toasts = useToasts();
  return async (run) => {
    const outcome = await run;
    if (!outcome.isOk) toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
}
