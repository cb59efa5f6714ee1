import { Plus, Search, Settings } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useScreen } from '../../screen.tsx';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { AgentList } from './agent-list.tsx';
import { ConversationList } from './conversation-list.tsx';
import { moveAmongRows } from './move-among-rows.ts';
import { StateLine } from './state-line.tsx';
import { ThisComputer } from './this-computer.tsx';

interface SidebarProps {
  /** Opens the search over everything. */
  readonly onSearch: () => void;
  /** "Ctrl K" as this computer writes it. */
  readonly searchKeys: string;
}

/** Agents, conversations and the state of this computer. */
export function Sidebar({ onSearch, searchKeys }: SidebarProps) {
  const { t } = useTranslation();
  const newChat = useScreen((state) => state.newChat);
  const show = useScreen((state) => state.show);
  const isSettings = useScreen((state) => state.screen.kind === 'settings');
  return (
    <nav aria-label={t('sidebar.title')} className="flex h-full min-h-0 flex-col bg-sunken px-2.5 pt-3">
      <p className="flex items-center gap-[9px] px-2 pt-1 pb-3 font-bold text-lead tracking-[-0.01em]">
        <span
          aria-hidden="true"
          className="grid size-5.5 place-items-center rounded-[7px] bg-accent text-[0.8125rem] text-on-accent"
        >
          N
        </span>
        Nunba
      </p>
      <Button icon={<Plus />} onClick={() => newChat()} className="mb-2.5 justify-start!">
        {t('sidebar.newChat')}
      </Button>
      <button
        type="button"
        onClick={onSearch}
        className="flex min-h-9 flex-none items-center gap-2 rounded-control border border-line bg-surface px-2.5 text-ink-3 transition-colors hover:border-line-strong"
      >
        <Search aria-hidden="true" />
        <span className="min-w-0 flex-1 text-start">{t('sidebar.search')}</span>
        <Kbd>{searchKeys}</Kbd>
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move among the buttons inside */}
      <div className="-mx-2.5 mt-1 min-h-0 flex-1 overflow-y-auto px-2.5 pb-3" onKeyDown={moveAmongRows}>
        <AgentList />
        <ConversationList />
        <ThisComputer />
      </div>
      <div className="flex-none border-line border-t px-2 py-2.5">
        <StateLine>
          <Button
            variant="quiet"
            size="sm"
            icon={<Settings />}
            label={t('sidebar.settings')}
            aria-current={isSettings ? 'page' : undefined}
            onClick={() => show({ kind: 'settings', section: 'general' })}
          />
        </StateLine>
      </div>
    </nav>
  );
}
