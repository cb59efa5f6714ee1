import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChecklistView } from '../../../../node-core/api/conversation-views.ts';
import { failureText } from '../../../messages/failure-text.ts';
import { useClient } from '../../../rpc/client-provider.tsx';
import { failureFrom } from '../../../rpc/failure-from.ts';
import { useToasts } from '../../../ui/toast.tsx';
import type { ChecklistItem } from './checklist-edits.ts';

type Items = readonly ChecklistItem[];

/** A checklist that can be edited. */
export interface EditableChecklist {
  /** As the person sees it: a change shows before the node has it. */
  readonly items: Items;
  /** `said`: what a toast says, with Undo; without it nothing is said. */
  change(edit: (items: Items) => Items, said?: string): void;
}

/**
 * Edits that show at once and are saved in order, each from the revision before. A save that somebody else was faster
 * than is dropped for what stands at the node, and the person is told.
 */
export function useChecklist(conversationId: string, checklist: ChecklistView): EditableChecklist {
  const { t } = useTranslation();
  const client = useClient();
  const toasts = useToasts();
  const [shown, setShown] = useState<Items>(checklist.items);
  const state = useRef({
    items: checklist.items as Items,
    revision: checklist.revision,
    saving: Promise.resolve(),
    waiting: 0,
  });

  useEffect(() => {
    if (state.current.waiting > 0 || checklist.revision < state.current.revision) return;
    state.current.items = checklist.items;
    state.current.revision = checklist.revision;
    setShown(checklist.items);
  }, [checklist]);

  const show = (items: Items) => {
    state.current.items = items;
    setShown(items);
  };
  const save = async (items: Items): Promise<void> => {
    try {
      const saved = await client.call('checklist.save', {
        conversationId,
        revision: state.current.revision,
        items: [...items],
      });
      state.current.revision = saved.revision;
    } catch (error) {
      toasts.show({ text: failureText(t, failureFrom(error)), status: 'bad' });
      show(latest.current.items);
      state.current.revision = latest.current.revision;
    }
  };
  const latest = useRef(checklist);
  latest.current = checklist;

  const change = (edit: (items: Items) => Items, said?: string): void => {
    const before = state.current.items;
    const after = edit(before);
    if (after === before) return;
    show(after);
    state.current.waiting += 1;
    state.current.saving = state.current.saving
      .then(() => save(after))
      .finally(() => {
        state.current.waiting -= 1;
      });
    if (said !== undefined) {
      toasts.show({ text: said, action: { label: t('chat.undo'), run: () => change(() => before) } });
    }
  };
  return { items: shown, change };
}
