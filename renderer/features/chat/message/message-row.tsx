import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../../ui/classes.ts';
import { useThreadSurroundings } from '../thread/thread-context.tsx';
import { useMessage } from '../thread/use-thread.ts';
import { AssistantMessage } from './assistant-message.tsx';
import { UserMessage } from './user-message.tsx';

interface MessageRowProps {
  readonly index: number;
  readonly isLast: boolean;
  /** Id of the message that was jumped to. */
  readonly flashed: string | null;
}

/** One row of the thread: a message, or its place while it is loaded. */
export const MessageRow = memo(function MessageRow({ index, isLast, flashed }: MessageRowProps) {
  const { t } = useTranslation();
  const { thread } = useThreadSurroundings();
  const message = useMessage(thread.store, index);
  if (!message) {
    return (
      <div className="grid h-[118px] content-start gap-2.5 py-1">
        <span className="sr-only">{t('chat.loadingMessage')}</span>
        <span className="h-3 w-2/3 rounded-full bg-sunken" />
        <span className="h-3 w-1/2 rounded-full bg-sunken" />
      </div>
    );
  }
  const isFlashed = flashed === message.id;
  return (
    <div
      data-message={message.id}
      className={classes('-m-2 rounded-card p-2 transition-colors duration-500', isFlashed && 'bg-accent-soft')}
    >
      {message.role === 'user' ? (
        <UserMessage message={message} />
      ) : (
        <AssistantMessage message={message} isLast={isLast} />
      )}
    </div>
  );
});
