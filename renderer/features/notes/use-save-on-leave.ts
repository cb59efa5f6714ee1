import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteDraft } from '../../../node-core/api/notes-views.ts';
import { failureText } from '../../messages/failure-text.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useToasts } from '../../ui/toast.tsx';

/** What the person has changed and not saved; kept with the revision that it started from. */
export interface Edit extends NoteDraft {
  readonly revision: number;
}

/**
 * Saves what was written when the person goes elsewhere, and says so: the version before is kept, so that nothing is
 * lost either way. Returns what forgets it, for a note that is gone.
 */
export function useSaveOnLeave(id: string, edit: Edit | null): () => void {
  const { t } = useTranslation();
  const { run } = useCall('notes.save');
  const toasts = useToasts();
  const save = async ({ title, text, revision }: Edit): Promise<void> => {
    const kept = title.trim() === '' ? t('notes.untitled') : title;
    const outcome = await run({ id, title: kept, text, revision });
    toasts.show(
      outcome.isOk
        ? { text: t('notes.savedLeft', { title: kept }) }
        : { text: failureText(t, outcome.failure), status: 'bad' },
    );
  };
  const latest = useRef({ edit, save });
  useEffect(() => {
    latest.current = { edit, save };
  });
  useEffect(
    () => () => {
      const { edit: left, save: saveLeft } = latest.current;
      if (left) void saveLeft(left);
    },
    [],
  );
  return () => {
    latest.current = { edit: null, save };
  };
}
