import { useTranslation } from 'react-i18next';
import { reasonSentence, reasonTitle } from '../../../node-core/api/state-sentences.ts';
import type { StateReason } from '../../../node-core/protocol/state-reason.ts';
import { sentenceText } from '../../messages/sentence-text.ts';
import { useScreen } from '../../screen.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';
import { type Application, hostOf } from './membership.ts';

const glyphs: Readonly<Record<Application['phase'], Status>> = {
  unconfirmed: 'warn',
  applying: 'busy',
  pending: 'busy',
  failed: 'bad',
};

/** Where a join stands, and the way to the page that shows its steps. */
export function Joining({ application }: { application: Application }) {
  const { t, i18n } = useTranslation();
  const show = useScreen((state) => state.show);
  const reason = reasonOf(application);
  return (
    <Card className="mt-4.5 flex flex-wrap items-start gap-3">
      <StatusGlyph status={glyphs[application.phase]} className="mt-px" />
      <div role="status" className="min-w-[min(16rem,60%)] flex-1">
        <p className="font-semibold">{sentenceText(t, i18n.language, reasonTitle(reason))}</p>
        <p className="text-pretty text-ink-2 [overflow-wrap:anywhere]">
          {sentenceText(t, i18n.language, reasonSentence(reason))}
        </p>
        <p className="text-ink-3 text-tiny">
          <RelativeTime at={application.since} />
        </p>
      </div>
      <Button onClick={() => show({ kind: 'join' })}>{t('trust.showJoin')}</Button>
    </Card>
  );
}

/** The same reason as the state of the node has for it. */
function reasonOf({ phase, at, since, obstacle }: Application): StateReason {
  const place = { host: hostOf(at), since, fix: 'open-join' } as const;
  return phase === 'failed' ? { kind: 'join-failed', obstacle, ...place } : { kind: `join-${phase}`, ...place };
}
