import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { obstacleSentence } from '../../../node-core/api/trust-sentences.ts';
import type { HistoryEntry } from '../../../node-core/api/trust-views.ts';
import { formatDuration } from '../../messages/numbers.ts';
import { sentenceText } from '../../messages/sentence-text.ts';
import { shortTime } from '../../messages/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';
import { hiveText } from './hive-text.ts';

/** How many entries are shown before more is asked for. */
const firstEntries = 5;

const glyphs: Readonly<Record<HistoryEntry['kind'], Status>> = {
  joined: 'ok',
  renewed: 'ok',
  moved: 'info',
  left: 'info',
  'renewal-failed': 'warn',
  'join-failed': 'warn',
  ended: 'bad',
};

/** What happened to this computer's membership, the newest first. */
export function HistorySection({ history }: { history: readonly HistoryEntry[] }) {
  const { t } = useTranslation();
  const id = useId();
  const [isWhole, setWhole] = useState(false);
  if (history.length === 0) return null;
  const shown = isWhole ? history : history.slice(0, firstEntries);
  return (
    <Section title={t('trust.history')} hint={t('trust.historyHint')}>
      <Card>
        <ul id={id} className="divide-y divide-line">
          {shown.map((entry) => (
            <Entry key={`${entry.kind} ${entry.at}`} entry={entry} />
          ))}
        </ul>
        {history.length > firstEntries && (
          <Button
            size="sm"
            variant="quiet"
            aria-expanded={isWhole}
            aria-controls={id}
            onClick={() => setWhole(!isWhole)}
            className="-ms-2 mt-2"
          >
            {isWhole ? t('trust.showFewer') : t('trust.showAll', { count: history.length })}
          </Button>
        )}
      </Card>
    </Section>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const { t, i18n } = useTranslation();
  const { kind, hiveName, obstacle } = entry;
  return (
    <li className="flex items-start gap-3 py-2.5 first:pt-0.5 last:pb-0.5">
      <StatusGlyph status={glyphs[kind]} className="mt-px" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap justify-between gap-x-3">
          <p className="[overflow-wrap:anywhere]">{t(`trust.happened.${kind}`, { hive: hiveText(t, hiveName) })}</p>
          <span className="text-ink-3 text-tiny">
            <RelativeTime at={entry.at} />
          </span>
        </div>
        {obstacle !== null && (
          <p className="text-pretty text-ink-2 text-small [overflow-wrap:anywhere]">
            {sentenceText(t, i18n.language, obstacleSentence(obstacle))}
          </p>
        )}
        <Details entry={entry} />
      </div>
    </li>
  );
}

/** By whom, how long it took, until when, how often; what is known of it. */
function Details({ entry }: { entry: HistoryEntry }) {
  const { t, i18n } = useTranslation();
  const { issuer, tookMs, certificateEndsAt, times } = entry;
  const language = i18n.language;
  const details = [
    issuer,
    tookMs === null ? null : t('trust.took', { took: formatDuration(t, language, tookMs) }),
    certificateEndsAt === null ? null : t('trust.validUntil', { until: shortTime(certificateEndsAt, language) }),
    times > 1 ? t('trust.timesInRow', { count: times }) : null,
  ].filter((detail) => detail !== null);
  if (details.length === 0) return null;
  return <p className="text-ink-3 text-tiny [overflow-wrap:anywhere]">{details.join(' · ')}</p>;
}
