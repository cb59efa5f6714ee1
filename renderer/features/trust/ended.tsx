import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonSentence, reasonTitle } from '../../../node-core/api/state-sentences.ts';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { sentenceText } from '../../messages/sentence-text.ts';
import { fullTime, shortTime } from '../../messages/time.ts';
import { useScreen } from '../../screen.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { hiveText } from './hive-text.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import type { Membership } from './membership.ts';
import { OwnKey } from './own-key.tsx';

interface EndedProps {
  trust: TrustView;
  membership: Membership;
  ended: NonNullable<Membership['ended']>;
}

/** A membership that has ended without this computer having left: what happened, why, since when, what to do. */
export function Ended({ trust, membership, ended }: EndedProps) {
  const { t, i18n } = useTranslation();
  const show = useScreen((state) => state.show);
  const [isLeaving, setLeaving] = useState(false);
  const reason = {
    kind: 'membership-ended',
    ending: ended.kind,
    since: ended.at,
    said: ended.kind === 'revoked' ? ended.reason : '',
    fix: 'open-trust',
  } as const;
  // A revoked key is let in by nobody before its stewards were asked and it has left.
  const canJoinAgain = ended.kind === 'lapsed' && trust.application === null;
  const at = ended.at;
  return (
    <>
      <Card className="mt-4.5 flex items-start gap-3">
        <StatusGlyph status="bad" className="mt-px" />
        <div className="min-w-0 flex-1">
          <p className="font-semibold">{sentenceText(t, i18n.language, reasonTitle(reason))}</p>
          <p className="text-pretty text-ink-2 [overflow-wrap:anywhere]">
            {sentenceText(t, i18n.language, reasonSentence(reason))}
          </p>
          <p className="mt-1 text-ink-2 text-small">
            <span title={fullTime(at, i18n.language)}>
              {t('trust.memberUntil', {
                hive: hiveText(t, membership.hiveName),
                at: shortTime(at, i18n.language),
              })}
            </span>
          </p>
          <div className="mt-3 flex flex-wrap gap-2.5">
            {canJoinAgain && (
              <Button variant="primary" onClick={() => show({ kind: 'join' })}>
                {t('trust.joinAgain')}
              </Button>
            )}
            <Button variant={canJoinAgain ? 'secondary' : 'primary'} onClick={() => setLeaving(true)}>
              {t('trust.leaveAsk')}
            </Button>
          </div>
        </div>
      </Card>
      <LeaveDialog membership={membership} isOpen={isLeaving} onClose={() => setLeaving(false)} />
      <OwnKey trust={trust} />
    </>
  );
}
