import { useTranslation } from 'react-i18next';
import { useWatched } from '../../rpc/use-watched.ts';
import { useScreen } from '../../screen.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { classes } from '../../ui/classes.ts';
import { GroupHeading } from './group-heading.tsx';

/** The agents; a press begins a conversation with one. */
export function AgentList() {
  const { t } = useTranslation();
  const agents = useWatched('agents.watch', {}).value ?? [];
  const newChat = useScreen((state) => state.newChat);
  const nextAgent = useScreen((state) =>
    state.screen.kind === 'chat' && state.screen.conversationId === null ? state.newChatAgentId : null,
  );
  if (agents.length === 0) return null;
  return (
    <section aria-label={t('sidebar.agents')}>
      <GroupHeading>{t('sidebar.agents')}</GroupHeading>
      <ul className="grid grid-cols-1 gap-px">
        {agents.map(({ id, name, description }) => (
          <li key={id}>
            <button
              type="button"
              data-row
              title={description}
              aria-current={nextAgent === id ? 'true' : undefined}
              onClick={() => newChat(id)}
              className={classes(
                'flex min-h-[33px] w-full items-center gap-[9px] rounded-[7px] px-2 py-1 text-start transition-colors',
                nextAgent === id
                  ? 'bg-surface font-medium text-ink shadow-near'
                  : 'text-ink-2 hover:bg-surface/60 hover:text-ink',
              )}
            >
              <Avatar name={name} />
              <span className="min-w-0 truncate">{name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
