import { ChevronRight, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChecklistView } from '../../../../node-core/api/conversation-views.ts';
import { Button } from '../../../ui/button.tsx';
import { TextInput } from '../../../ui/field.tsx';
import { doneCount, withDone, withItem, withMoved, withoutItem, withText } from './checklist-edits.ts';
import { ChecklistRow } from './checklist-row.tsx';
import { useChecklist } from './use-checklist.ts';

interface ChecklistPanelProps {
  readonly conversationId: string;
  readonly checklist: ChecklistView;
}

/** The plan that stays with a conversation: beside the thread where there is room, above it elsewhere. */
export function ChecklistPanel({ conversationId, checklist }: ChecklistPanelProps) {
  const { t } = useTranslation();
  const { items, change } = useChecklist(conversationId, checklist);
  const [dragged, setDragged] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(() => window.matchMedia('(min-width: 72rem)').matches);
  const move = (id: string, to: number) => change((before) => withMoved(before, id, to));
  return (
    <aside
      aria-label={t('chat.plan')}
      className="flex max-h-[45%] flex-none flex-col border-line border-b bg-surface lg:order-2 lg:max-h-none lg:w-80 lg:border-s lg:border-b-0"
    >
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex w-full items-center gap-2 px-4 py-2.5 text-start font-semibold"
        >
          <ChevronRight
            aria-hidden="true"
            className={isOpen ? 'rotate-90 transition-transform' : 'transition-transform'}
          />
          <span className="flex-1">{t('chat.plan')}</span>
          <span className="font-normal text-ink-2 text-small tabular-nums">
            {t('chat.planDone', { done: doneCount(items), count: items.length })}
          </span>
        </button>
      </h2>
      {isOpen && (
        <div className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-3">
          <ul className="grid gap-px">
            {items.map((item, place) => (
              <ChecklistRow
                key={item.id}
                item={item}
                place={place}
                count={items.length}
                isDragged={dragged === item.id}
                onTick={(isDone) => change((before) => withDone(before, item.id, isDone))}
                onReword={(text) => change((before) => withText(before, item.id, text))}
                onRemove={() => change((before) => withoutItem(before, item.id), t('chat.stepRemoved'))}
                onMove={(to) => move(item.id, to)}
                onDragStart={() => setDragged(item.id)}
                onDragEnd={() => setDragged(null)}
                onDropHere={() => dragged !== null && move(dragged, place)}
              />
            ))}
          </ul>
          <AddStep onAdd={(text) => change((before) => withItem(before, crypto.randomUUID(), text))} />
        </div>
      )}
    </aside>
  );
}

function AddStep({ onAdd }: { readonly onAdd: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    onAdd(text);
    setText('');
  };
  return (
    <form onSubmit={add} className="mt-2 flex items-center gap-2 px-1.5">
      <TextInput
        aria-label={t('chat.newStep')}
        placeholder={t('chat.newStep')}
        value={text}
        maxLength={1000}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" icon={<Plus />} label={t('chat.addStep')} disabled={text.trim() === ''} />
    </form>
  );
}
