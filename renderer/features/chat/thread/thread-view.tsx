import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import type { PendingPrompt } from '../composer/draft-store.ts';
import { MessageRow } from '../message/message-row.tsx';
import { PendingMessage } from '../message/pending-message.tsx';
import { scrollable } from '../scrollable.ts';
import { useThreadSurroundings } from './thread-context.tsx';
import { useFoldHold } from './use-fold-hold.ts';
import { endThreshold, useHeldEnd } from './use-held-end.ts';
import { useTarget } from './use-target.ts';
import { useShape } from './use-thread.ts';

/** What a message is taken to measure before it was seen, px. */
const estimatedHeight = 140;
/** Rows beyond the visible ones on each side. */
const overscan = 4;

/**
 * The messages of a conversation, of which only those in view are in the document. It stays at the newest one while
 * an answer grows, unless the person has scrolled up.
 */
export function ThreadView({ pending }: { readonly pending: PendingPrompt | null }) {
  const { t } = useTranslation();
  const { thread, conversationId } = useThreadSurroundings();
  const { store, loader } = thread;
  const shape = useShape(store);
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const fold = useFoldHold();
  const isPendingShown = pending !== null && shape.length <= pending.threadLength;
  const count = shape.length + (isPendingShown ? 1 : 0);

  // The keys depend on what is loaded, which `version` stands for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const keyOf = useCallback((index: number) => store.message(index)?.id ?? index, [store, shape.version]);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatedHeight,
    getItemKey: keyOf,
    overscan,
    paddingStart: 28,
    paddingEnd: 20,
    anchorTo: fold.isMoving ? 'start' : 'end',
    followOnAppend: true,
    scrollEndThreshold: endThreshold,
    initialRect: { width: 720, height: 800 },
    initialOffset: () => count * estimatedHeight,
    onChange: (instance) => setAtEnd(instance.isAtEnd(endThreshold)),
  });

  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` says that messages came or went
  useEffect(() => loader.want(first, last), [loader, first, last, shape]);

  useLayoutEffect(() => rows.scrollToEnd(), [rows]);
  useHeldEnd(scroller, () => rows.scrollToEnd());
  useLayoutEffect(() => {
    if (isPendingShown) rows.scrollToEnd();
  }, [isPendingShown, rows]);
  const flashed = useTarget(conversationId, thread, (index) => rows.scrollToIndex(index, { align: 'center' }));

  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroller}
        onClickCapture={fold.onClickCapture}
        aria-label={t('chat.messages')}
        {...scrollable}
        className="thread h-full overflow-y-auto px-4 sm:px-5"
      >
        <ol className="relative mx-auto w-full max-w-[720px]" style={{ height: rows.getTotalSize() }}>
          {items.map((item) => (
            <li
              key={item.key}
              ref={rows.measureElement}
              data-index={item.index}
              aria-setsize={count}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0 pb-[22px]"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {isPendingShown && item.index === count - 1 ? (
                <PendingMessage prompt={pending} />
              ) : (
                <MessageRow index={item.index} isLast={item.index === shape.length - 1} flashed={flashed} />
              )}
            </li>
          ))}
        </ol>
      </section>
      {!isAtEnd && count > 0 && (
        <Button
          size="sm"
          icon={<ArrowDown />}
          onClick={() => rows.scrollToEnd()}
          className="absolute inset-x-0 bottom-3 mx-auto w-fit animate-rise rounded-full px-3 shadow-float"
        >
          {t('chat.jumpToNewest')}
        </Button>
      )}
    </div>
  );
}
