import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useWaiting } from '../../hands/use-waiting.ts';
import { useConversations } from '../../rpc/use-conversations.ts';
import { useScreen } from '../../screen.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { type GroupName, groupConversations } from './conversation-groups.ts';
import { ConversationRow } from './conversation-row.tsx';
import { GroupHeading } from './group-heading.tsx';
import { useConversationActs } from './use-conversation-acts.ts';
import { useToday } from './use-today.ts';

/** Most rows in the document; older conversations are found by searching. */
const maxRows = 300;

/** All conversations under their headings. */
export function ConversationList() {
  const { t, i18n } = useTranslation();
  const { value: conversations, failure } = useConversations();
  const shown = useScreen((state) => (state.screen.kind === 'chat' ? state.screen.conversationId : null));
  const acts = useConversationActs();
  const waiting = useWaiting();
  const today = useToday();
  const groups = useMemo(
    () => groupConversations((conversations ?? []).slice(0, maxRows), today),
    [conversations, today],
  );
  const nameOf = (name: GroupName): string => {
    if (name.kind !== 'month') return t(`sidebar.group.${name.kind}`);
    const isThisYear = name.month.getFullYear() === today.getFullYear();
    const year = isThisYear ? {} : ({ year: 'numeric' } as const);
    return new Intl.DateTimeFormat(i18n.language, { month: 'long', ...year }).format(name.month);
  };
  if (failure) return <FailureNote failure={failure} className="m-2" />;
  if (conversations?.length === 0)
    return <p className="px-2 py-3 text-ink-2 text-small">{t('sidebar.noConversations')}</p>;
  return (
    <>
      {groups.map((group) => (
        <section key={group.key} aria-label={nameOf(group.name)}>
          <GroupHeading>{nameOf(group.name)}</GroupHeading>
          <ul className="grid gap-px">
            {group.conversations.map((conversation) => (
              <li key={conversation.id} className="min-w-0">
                <ConversationRow
                  conversation={conversation}
                  isShown={shown === conversation.id}
                  isWaiting={waiting.has(conversation.id)}
                  acts={acts}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {(conversations?.length ?? 0) > maxRows && (
        <p className="px-2 py-3 text-ink-3 text-tiny">{t('sidebar.olderBySearch')}</p>
      )}
    </>
  );
}
