import { useTranslation } from 'react-i18next';
import type { ToolServerView } from '../../../node-core/api/mcp-views.ts';
import { toolServerSentence } from '../../../node-core/api/tool-server-sentences.ts';
import { sentenceText } from '../../messages/sentence-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';

/** How a server does, by shape and in words. */
export function ServerState({ server }: { server: ToolServerView }) {
  return (
    <div className="flex items-start gap-1.5 text-ink-2 text-small">
      <StatusGlyph status={statusOf(server)} className="mt-0.5" />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <StateWords server={server} />
      </div>
    </div>
  );
}

const statusOf = ({ state, isConfirmed }: ToolServerView): Status => {
  if (state.kind === 'ready') return 'ok';
  if (state.kind === 'failing') return 'bad';
  return isConfirmed ? 'info' : 'warn';
};

function StateWords({ server: { state, isConfirmed } }: { server: ToolServerView }) {
  const { t, i18n } = useTranslation();
  switch (state.kind) {
    case 'off':
      return t(isConfirmed ? 'servers.off' : 'servers.newLine');
    case 'starting':
      return t('servers.starting');
    case 'stopped':
      return (
        <>
          {t('servers.stopped')} · <RelativeTime at={state.since} />
        </>
      );
    case 'ready': {
      const { serverName, serverVersion, since } = state;
      const words =
        serverName === '' ? t('servers.ready') : t('servers.readyAs', { name: serverName, version: serverVersion });
      return (
        <>
          {words} · <RelativeTime at={since} />
        </>
      );
    }
    case 'failing':
      return (
        <>
          {t('servers.failing')} · <RelativeTime at={state.since} />
          <span className="block">
            {sentenceText(t, i18n.language, toolServerSentence(state.trouble))}
            {state.retryAt !== null && ` ${t('servers.retryOn')}`}
          </span>
        </>
      );
  }
}
