import { useTranslation } from 'react-i18next';
import { checkSentence, checkTitle } from '../../../node-core/api/health-sentences.ts';
import type { CheckVerdict } from '../../../node-core/protocol/health-check.ts';
import { FixButton } from '../../fix-button.tsx';
import { sentenceText } from '../../messages/sentence-text.ts';
import { classes } from '../../ui/classes.ts';
import { Card } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';
import type { ShownCheck } from './use-shown-checks.ts';

const glyphs: Readonly<Record<CheckVerdict, Status>> = {
  passed: 'ok',
  noted: 'info',
  unknown: 'none',
  degraded: 'warn',
  failed: 'bad',
};

/** All checks, the worst first; what hangs on another stands set in below it. */
export function CheckList({ checks }: { readonly checks: readonly ShownCheck[] }) {
  return (
    <Card className="mt-4 py-1!">
      <ul className="divide-y divide-line">
        {checks.map((check) => (
          <CheckRow key={check.code} check={check} />
        ))}
      </ul>
    </Card>
  );
}

function CheckRow({ check }: { readonly check: ShownCheck }) {
  const { t, i18n } = useTranslation();
  const { code, verdict, reason, under } = check;
  const isTrouble = verdict === 'failed' || verdict === 'degraded';
  return (
    <li
      data-check={code}
      data-verdict={verdict}
      className={classes('flex flex-wrap items-start gap-x-3 gap-y-2 py-3', under !== null && 'ps-8')}
    >
      <StatusGlyph status={glyphs[verdict]} className="mt-0.5" />
      <div className="min-w-[min(14rem,70%)] flex-1">
        <p className="text-pretty font-semibold [overflow-wrap:anywhere]">
          <span className="sr-only">{t(`checks.verdict.${verdict}`)}</span>
          {sentenceText(t, i18n.language, checkTitle(check))}
        </p>
        <p className="max-w-[68ch] text-pretty text-ink-2 text-small [overflow-wrap:anywhere]">
          {sentenceText(t, i18n.language, checkSentence(check))}
        </p>
        {isTrouble && reason && 'since' in reason && (
          <p className="text-ink-3 text-tiny">
            {t('checks.since')} <RelativeTime at={reason.since} />
          </p>
        )}
      </div>
      <div className="ms-auto flex flex-none flex-col items-end gap-1.5">
        <LookedAt check={check} />
        <Mend check={check} />
      </div>
    </li>
  );
}

function LookedAt({ check }: { readonly check: ShownCheck }) {
  const { t } = useTranslation();
  const { isLive, lookedAt } = check;
  return (
    <span className="text-ink-3 text-tiny">
      {isLive && <span title={t('checks.liveHint')}>{t('checks.live')}</span>}
      {!isLive && lookedAt !== null && <RelativeTime at={lookedAt} />}
      {!isLive && lookedAt === null && check.code !== 'updates' && t('checks.never')}
    </span>
  );
}

/** What mends it; for what was not looked at yet, a look. */
function Mend({ check: { code, verdict, reason } }: { readonly check: ShownCheck }) {
  if (reason) return <FixButton fix={reason.fix} code={code} />;
  const isOpen = verdict === 'unknown' && code !== 'updates';
  return isOpen ? <FixButton fix="check" code={code} /> : null;
}
