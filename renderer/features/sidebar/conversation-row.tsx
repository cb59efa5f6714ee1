import { Ellipsis, Hand, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ConversationView, limits } from '../../../node-core/api/conversation-views.ts';
import { classes } from '../../ui/classes.ts';
import { DropdownMenu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { ContextMenu } from './context-menu.tsx';
import type { ConversationActs } from './use-conversation-acts.ts';

interface ConversationRowProps {
  readonly conversation: ConversationView;
  readonly isShown: boolean;
  /** An agent waits there for the person. */
  readonly isWaiting: boolean;
  readonly acts: ConversationActs;
}

/** One conversation: opens it, and offers by menu (or a right click) what else can be done with it. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, isShown, isWaiting, acts } = props;
  const { t } = useTranslation();
  const [isRenaming, setRenaming] = useState(false);
  const { id, isPinned, isRunning } = conversation;
  const title = conversation.title || t('sidebar.untitled');
  if (isRenaming) {
    return (
      <RenameField
        title={conversation.title}
        onDone={(changed) => {
          if (changed) acts.rename(id, changed);
          setRenaming(false);
        }}
      />
    );
  }
  const entries = [
    { key: 'rename', icon: <Pencil />, label: t('sidebar.rename'), run: () => setRenaming(true) },
    isPinned
      ? { key: 'unpin', icon: <PinOff />, label: t('sidebar.unpin'), run: () => acts.pin(id, false) }
      : { key: 'pin', icon: <Pin />, label: t('sidebar.pin'), run: () => acts.pin(id, true) },
    {
      key: 'delete',
      icon: <Trash2 />,
      label: t('sidebar.delete'),
      run: () => acts.remove(conversation),
      isDanger: true,
    },
  ];
  return (
    <ContextMenu entries={entries}>
      <div className="group relative">
        <button
          type="button"
          data-row
          aria-current={isShown ? 'page' : undefined}
          title={title}
          onClick={() => acts.open(id)}
          onDoubleClick={() => setRenaming(true)}
          onKeyDown={(event) => {
            if (event.key === 'F2') setRenaming(true);
            if (event.key === 'Delete') acts.remove(conversation);
          }}
          className={classes(
            'flex min-h-[33px] w-full items-center gap-2 rounded-[7px] px-2 py-1 pe-8 text-start transition-colors',
            isShown ? 'bg-surface font-medium text-ink shadow-near' : 'text-ink-2 hover:bg-surface/60 hover:text-ink',
          )}
        >
          {isRunning && !isWaiting && <RunningDot />}
          <span className="min-w-0 truncate" dir="auto">
            {title}
          </span>
          {isWaiting && <NeedsYou />}
        </button>
        <span className="absolute end-1 top-[3px] opacity-0 focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:opacity-100">
          <DropdownMenu
            align="end"
            trigger={
              <button
                type="button"
                aria-label={t('sidebar.more', { title })}
                className="grid size-[27px] place-items-center rounded-[6px] text-ink-2 hover:bg-sunken hover:text-ink"
              >
                <Ellipsis aria-hidden="true" />
              </button>
            }
          >
            {entries.map((entry) => (
              <span key={entry.key} className="contents">
                {entry.isDanger && <MenuSeparator />}
                <MenuItem icon={entry.icon} isDanger={entry.isDanger} onSelect={entry.run}>
                  {entry.label}
                </MenuItem>
              </span>
            ))}
          </DropdownMenu>
        </span>
      </div>
    </ContextMenu>
  );
});

function NeedsYou() {
  const { t } = useTranslation();
  return (
    <span className="ms-auto inline-flex flex-none items-center gap-1 rounded-full bg-accent-soft px-1.5 text-accent text-tiny">
      <Hand aria-hidden="true" className="size-3!" />
      {t('sidebar.needsYou')}
    </span>
  );
}

function RunningDot() {
  const { t } = useTranslation();
  return (
    <span className="running-dot size-2 flex-none rounded-full bg-accent">
      <span className="sr-only">{t('sidebar.running')}</span>
    </span>
  );
}

function RenameField({ title, onDone }: { readonly title: string; readonly onDone: (title: string | null) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(title);
  const settle = () => onDone(text.trim() !== '' && text.trim() !== title ? text.trim() : null);
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to rename
      autoFocus
      aria-label={t('sidebar.newTitle')}
      value={text}
      maxLength={limits.titleChars}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') settle();
        if (event.key === 'Escape') {
          event.preventDefault();
          onDone(null);
        }
      }}
      className="h-[33px] w-full rounded-[7px] border border-accent bg-surface px-2 text-ink outline-none"
    />
  );
}
