import { useTranslation } from 'react-i18next';
import type { GrantView } from '../../../node-core/api/hands-views.ts';
import type { ToolServerView } from '../../../node-core/api/mcp-views.ts';
import { relativeTime } from '../../messages/time.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Chip } from '../../ui/chip.tsx';

/** The tools of a server, folded: name, the server's own words, and what it says of itself. */
export function ToolList({ server }: { server: ToolServerView }) {
  const { t, i18n } = useTranslation();
  const { tools, leftOutCount } = server;
  const grants = useWatched('hands.watch', {}).value?.grants ?? [];
  const isAllowed = (tool: string) => grants.some(({ subject }) => isAbout(subject, server.id, tool));
  if (tools.length === 0) return null;
  return (
    <details className="mt-1.5">
      <summary className="w-fit cursor-pointer rounded-control text-small">
        {t('servers.tools', { count: tools.length })}
      </summary>
      <p className="mt-1 text-ink-2 text-small">{t('servers.asks')}</p>
      <ul
        className="mt-1.5 flex flex-col gap-2 border-line border-s-2 ps-3"
        aria-label={t('servers.tools', { count: tools.length })}
      >
        {tools.map(({ name, description, saysItOnlyReads, changedAt }) => (
          <li key={name} className="min-w-0">
            <span className="flex flex-wrap items-center gap-2">
              <code dir="ltr" className="font-mono text-small [overflow-wrap:anywhere]">
                {name}
              </code>
              {isAllowed(name) && <Chip tone="accent">{t('servers.allowed')}</Chip>}
              {saysItOnlyReads && <Chip>{t('servers.saysReads')}</Chip>}
              {changedAt !== null && (
                <Chip tone="warn">
                  {t('servers.changed', { when: relativeTime(t, i18n.language, changedAt, Date.now()) })}
                </Chip>
              )}
            </span>
            <p className="line-clamp-3 whitespace-pre-wrap text-ink-2 text-small [overflow-wrap:anywhere]">
              {description}
            </p>
          </li>
        ))}
      </ul>
      {leftOutCount > 0 && (
        <p className="mt-1.5 text-ink-2 text-small">{t('servers.leftOut', { count: leftOutCount })}</p>
      )}
    </details>
  );
}

const isAbout = (subject: GrantView['subject'], serverId: string, toolName: string): boolean =>
  subject.kind === 'server-tool' && subject.serverId === serverId && subject.toolName === toolName;
