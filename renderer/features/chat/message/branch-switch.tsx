import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../../node-core/api/conversation-views.ts';
import { useCall } from '../../../rpc/use-call.ts';
import { useThreadSurroundings } from '../thread/thread-context.tsx';

const arrow = 'grid size-6 place-items-center rounded-full enabled:hover:bg-sunken disabled:opacity-40';

/** Goes to and fro between the versions of a message; nothing where there is only one. */
export function BranchSwitch({ siblings }: { readonly siblings: MessageView['siblings'] }) {
  const { t } = useTranslation();
  const { isRunning } = useThreadSurroundings();
  const { run } = useCall('thread.choose');
  if (siblings.count < 2) return null;
  const { previousId, nextId } = siblings;
  const step = (id: string | null) => id !== null && void run({ messageId: id });
  return (
    <span className="inline-flex items-center rounded-full border border-line bg-surface text-ink-2 text-small">
      <button
        type="button"
        className={arrow}
        aria-label={t('chat.previousVersion')}
        disabled={previousId === null || isRunning}
        onClick={() => step(previousId)}
      >
        <ChevronLeft aria-hidden="true" className="size-3.5! rtl:-scale-x-100" />
      </button>
      <span className="px-0.5 tabular-nums">
        {t('chat.versionOf', { place: siblings.index + 1, count: siblings.count })}
      </span>
      <button
        type="button"
        className={arrow}
        aria-label={t('chat.nextVersion')}
        disabled={nextId === null || isRunning}
        onClick={() => step(nextId)}
      >
        <ChevronRight aria-hidden="true" className="size-3.5! rtl:-scale-x-100" />
      </button>
    </span>
  );
}
