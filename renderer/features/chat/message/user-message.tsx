import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserMessageView } from '../../../../node-core/api/conversation-views.ts';
import { Button } from '../../../ui/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { useThreadSurroundings } from '../thread/thread-context.tsx';
import { AttachmentChip } from './attachment-chip.tsx';
import { BranchSwitch } from './branch-switch.tsx';
import { Bubble } from './bubble.tsx';
import { EditPrompt } from './edit-prompt.tsx';
import { useMessageActs } from './use-message-acts.ts';

/** What the person sent. */
export function UserMessage({ message }: { readonly message: UserMessageView }) {
  const { t } = useTranslation();
  const { isRunning } = useThreadSurroundings();
  const acts = useMessageActs(message.id);
  const [isEditing, setEditing] = useState(false);
  if (isEditing) return <EditPrompt message={message} onDone={() => setEditing(false)} />;
  return (
    <article aria-label={t('chat.youWrote')} className="group flex flex-col items-end gap-1">
      <div className="flex max-w-[85%] flex-col items-end gap-1.5 sm:max-w-[78%]">
        {message.attachments.length > 0 && (
          <ul className="flex flex-wrap justify-end gap-1.5">
            {message.attachments.map((attachment) => (
              <li key={attachment.id} className="min-w-0">
                <AttachmentChip attachment={attachment} />
              </li>
            ))}
          </ul>
        )}
        {message.text !== '' && <Bubble text={message.text} />}
      </div>
      <div className="relative flex w-full items-center justify-end">
        <div
          className={classes(
            'flex gap-0.5 opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100',
            message.siblings.count < 2 && 'absolute end-0 -top-0.5 z-10',
          )}
        >
          <CopyButton text={message.text} label={t('chat.copy')} isIcon variant="quiet" size="sm" />
          <Button
            variant="quiet"
            size="sm"
            icon={<Pencil />}
            label={t('chat.edit')}
            disabled={isRunning}
            onClick={() => setEditing(true)}
          />
          <Button
            variant="quiet"
            size="sm"
            icon={<Trash2 />}
            label={t('chat.delete')}
            disabled={isRunning}
            onClick={acts.remove}
          />
        </div>
        <BranchSwitch siblings={message.siblings} />
      </div>
    </article>
  );
}
