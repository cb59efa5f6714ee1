import { BookOpenText } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useWatched } from '../../../rpc/use-watched.ts';
import { CheckBox } from '../../../ui/check-box.tsx';
import { ChipButton } from '../../../ui/chip.tsx';

interface KnowledgePickerProps {
  /** Ids of the collections of this conversation. */
  readonly attached: readonly string[];
  /** Ids of those that the agent has anyway. */
  readonly ofAgent: readonly string[];
  readonly onChange: (collectionId: string, isAttached: boolean) => void;
}

/** Which files the agent may search in this conversation; nothing is shown where there is no collection. */
export function KnowledgePicker({ attached, ofAgent, onChange }: KnowledgePickerProps) {
  const { t } = useTranslation();
  const collections = useWatched('knowledge.watch', {}).value?.collections ?? [];
  if (collections.length === 0) return null;
  const inUse = collections.filter(({ id }) => attached.includes(id) || ofAgent.includes(id));
  const names = inUse.map(({ name }) => name).join(', ');
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <ChipButton
          tone={inUse.length > 0 ? 'accent' : 'neutral'}
          icon={<BookOpenText aria-hidden="true" className="size-3.5!" />}
          aria-label={inUse.length > 0 ? t('knowledge.attached', { names }) : t('knowledge.attach')}
        >
          {inUse.length > 0 ? names : t('knowledge.files')}
        </ChipButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={t('knowledge.title')}
          className="z-50 grid max-h-80 w-72 animate-appear gap-3 overflow-y-auto rounded-card border border-line bg-surface p-4 shadow-float"
        >
          <div>
            <p className="font-semibold">{t('knowledge.title')}</p>
            <p className="text-ink-2 text-small">{t('knowledge.titleHint')}</p>
          </div>
          {collections.map(({ id, name }) => (
            <CheckBox
              key={id}
              label={name}
              hint={ofAgent.includes(id) ? t('knowledge.byAgent') : undefined}
              isOn={attached.includes(id) || ofAgent.includes(id)}
              disabled={ofAgent.includes(id)}
              onChange={(isOn) => onChange(id, isOn)}
            />
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
