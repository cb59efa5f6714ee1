import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { placeName } from '../../messages/readers.ts';
import { Chip } from '../../ui/chip.tsx';
import type { ChatSetup } from './chat-setup.ts';

interface ThreadHeaderProps {
  readonly title: string;
  readonly setup: ChatSetup;
  readonly menuButton: ReactNode;
  readonly actions: ReactNode;
}

/** What is talked about, with whom, and which model answers where. */
export function ThreadHeader({ title, setup, menuButton, actions }: ThreadHeaderProps) {
  const { t } = useTranslation();
  const { agent, answering } = setup;
  useEffect(() => {
    document.title = title === '' ? 'Nunba' : `${title} – Nunba`;
    return () => {
      document.title = 'Nunba';
    };
  }, [title]);
  return (
    <header className="flex h-13 flex-none items-center gap-2.5 border-line border-b px-3 sm:px-5">
      {menuButton}
      <h1 className="min-w-16 truncate font-semibold" title={title}>
        {title}
      </h1>
      {agent && <Chip className="min-w-12 max-w-48">{agent.name}</Chip>}
      <span className="min-w-2 flex-1" />
      {answering.kind === 'model' && (
        <Chip className="min-w-12 max-w-72 max-sm:hidden">
          {answering.model.name} · {placeName(t, answering.model.location)}
        </Chip>
      )}
      {actions}
    </header>
  );
}
