import { Folder, FolderPlus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentView } from '../../../../node-core/api/agent-views.ts';
import { FolderList } from '../../../folders/folder-list.tsx';
import { FolderPicker } from '../../../folders/folder-picker.tsx';
import { seesFolders } from '../../../folders/sees-folders.ts';
import { usePickedFolders } from '../../../folders/use-picked-folders.ts';
import { Button } from '../../../ui/button.tsx';
import { ChipButton } from '../../../ui/chip.tsx';

interface FoldersChipProps {
  readonly agent: AgentView;
  /** `null`: the conversation is made with its first message or folder. */
  readonly conversationId: string | null;
  readonly ensureConversation: () => Promise<string>;
}

/** Which folders the agent sees in this chat, and a way to pick one more; nothing for agents without tools for files. */
export function FoldersChip({ agent, conversationId, ensureConversation }: FoldersChipProps) {
  const { t } = useTranslation();
  const seen = usePickedFolders(agent.id, conversationId);
  const [isOpen, setOpen] = useState(false);
  const [isPicking, setPicking] = useState(false);
  if (!seesFolders(agent) || !seen) return null;
  const count = seen.ofAgent.length + seen.ofChat.length;
  return (
    <>
      <Popover.Root open={isOpen} onOpenChange={setOpen}>
        <Popover.Trigger asChild>
          <ChipButton icon={<Folder aria-hidden="true" className="size-3.5 flex-none" />}>
            {count === 0 ? t('folders.chip') : t('folders.chipCount', { count })}
          </ChipButton>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            side="top"
            align="start"
            sideOffset={6}
            collisionPadding={8}
            aria-label={t('folders.chip')}
            className="z-50 grid max-h-[min(28rem,var(--radix-popover-content-available-height))] w-[min(22rem,calc(100vw-1rem))] animate-appear gap-3 overflow-y-auto rounded-card border border-line bg-surface p-4 shadow-float"
          >
            <p className="text-ink-2 text-small">
              {t(count === 0 ? 'folders.none' : 'folders.seen', { agent: agent.name })}
            </p>
            {seen.ofChat.length > 0 && (
              <section className="grid gap-1">
                <p className="font-semibold text-small">{t('folders.ofChat')}</p>
                <FolderList label={t('folders.ofChat')} folders={seen.ofChat} />
              </section>
            )}
            {seen.ofAgent.length > 0 && (
              <section className="grid gap-1">
                <p className="font-semibold text-small">{t('folders.ofAgent', { agent: agent.name })}</p>
                <FolderList label={t('folders.ofAgent', { agent: agent.name })} folders={seen.ofAgent} />
              </section>
            )}
            <Button
              size="sm"
              icon={<FolderPlus />}
              onClick={() => {
                setOpen(false);
                setPicking(true);
              }}
            >
              {t('folders.addToChat')}
            </Button>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <FolderPicker
        isOpen={isPicking}
        onClose={() => setPicking(false)}
        ensureOwner={async () => ({ kind: 'chat', conversationId: conversationId ?? (await ensureConversation()) })}
      />
    </>
  );
}
