import { GripVertical, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { classes } from '../../../ui/classes.ts';
import type { ChecklistItem } from './checklist-edits.ts';

interface ChecklistRowProps {
  readonly item: ChecklistItem;
  readonly place: number;
  readonly count: number;
  readonly isDragged: boolean;
  readonly onTick: (isDone: boolean) => void;
  readonly onReword: (text: string) => void;
  readonly onRemove: () => void;
  readonly onMove: (to: number) => void;
  readonly onDragStart: () => void;
  readonly onDragEnd: () => void;
  readonly onDropHere: () => void;
}

/** One step: ticked, reworded, moved (by dragging, or with the arrow keys on its handle) and removed in place. */
export function ChecklistRow(props: ChecklistRowProps) {
  const { item, place, count, isDragged, onTick, onReword, onRemove, onMove, onDragStart, onDragEnd, onDropHere } =
    props;
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const onHandleKey = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onMove(place + by);
  };
  return (
    <li
      className={classes(
        'group/step flex items-start gap-1 rounded-control px-0.5 py-1',
        isDragged && 'opacity-50',
        isOver && 'bg-accent-soft',
      )}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('text/x-nunba-step')) {
          event.preventDefault();
          setOver(true);
        }
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDropHere();
      }}
    >
      <button
        type="button"
        draggable
        aria-label={t('chat.moveStep', { place: place + 1, count })}
        onKeyDown={onHandleKey}
        onDragStart={(event) => {
          event.dataTransfer.setData('text/x-nunba-step', item.id);
          event.dataTransfer.effectAllowed = 'move';
          onDragStart();
        }}
        onDragEnd={onDragEnd}
        className="mt-[3px] cursor-grab! rounded-tag text-ink-3"
      >
        <GripVertical aria-hidden="true" className="size-3.5!" />
      </button>
      <input
        type="checkbox"
        aria-label={item.text}
        checked={item.isDone}
        onChange={(event) => onTick(event.target.checked)}
        className="mt-[3px] size-4 flex-none accent-accent"
      />
      <StepText item={item} onReword={onReword} />
      <Button
        variant="quiet"
        size="sm"
        icon={<X className="size-3.5!" />}
        label={t('chat.removeStep')}
        onClick={onRemove}
        className="size-6! opacity-0 focus-visible:opacity-100 group-hover/step:opacity-100 pointer-coarse:opacity-100"
      />
    </li>
  );
}

function StepText({ item, onReword }: Pick<ChecklistRowProps, 'item' | 'onReword'>) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  if (text === null) {
    return (
      <button
        type="button"
        title={t('chat.editStep')}
        onClick={() => setText(item.text)}
        className={classes(
          'min-w-0 flex-1 rounded-tag px-1.5 text-start [overflow-wrap:anywhere]',
          item.isDone && 'text-ink-3 line-through',
        )}
      >
        {item.text}
      </button>
    );
  }
  const settle = () => {
    if (text.trim() !== '' && text !== item.text) onReword(text);
    setText(null);
  };
  return (
    <textarea
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit
      autoFocus
      aria-label={t('chat.editStep')}
      rows={1}
      value={text}
      maxLength={1000}
      onChange={(event) => setText(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') settle();
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          setText(null);
        }
      }}
      className="field-sizing-content min-w-0 flex-1 resize-none rounded-tag bg-paper px-1.5 outline-1 outline-accent"
    />
  );
}
