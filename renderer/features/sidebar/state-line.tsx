import { useTranslation } from 'react-i18next';
import { useConnection } from '../../rpc/use-connection.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** How the node is, and how old that knowledge is. Never more than was just heard. */
export function StateLine() {
  const { t } = useTranslation();
  const { value: status } = useWatched('status.watch', {});
  const isConnected = useConnection().kind === 'connected';
  if (!status) return <p className="text-ink-2 text-small">{t('sidebar.stateUnknown')}</p>;
  const sentence = status.model === null ? t('sidebar.aloneNoModel') : t('sidebar.aloneAllWell');
  return (
    <div className="flex min-w-0 items-center gap-[9px]">
      <span aria-hidden="true" className="size-2.5 flex-none rounded-full border-2 border-ink-3" />
      <div className="min-w-0">
        <p className="text-small">{isConnected ? sentence : t('sidebar.stateLost')}</p>
        <p className="truncate text-ink-3 text-tiny">
          {status.model !== null && `${status.model} · `}
          <RelativeTime at={status.at} />
        </p>
      </div>
    </div>
  );
}
