import { useTranslation } from 'react-i18next';
import { obstacleSentence } from '../../../node-core/api/trust-sentences.ts';
import { sentenceText } from '../../messages/sentence-text.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { useFailureToast } from '../../use-failure-toast.ts';
import type { Application } from './join-stage.ts';
import { NextTry } from './next-try.tsx';

/** Why a join stands still, what to do, and when it is tried again, or now; nothing while it goes on. */
export function ObstacleText({ application }: { readonly application: Application }) {
  const { t, i18n } = useTranslation();
  const retry = useCall('trust.retry');
  const tell = useFailureToast();
  const { obstacle, nextTryAt } = application;
  if (!obstacle) return null;
  return (
    <div className="flex flex-wrap items-end gap-x-3 gap-y-1.5 text-ink-2 text-small">
      <p className="min-w-[min(16rem,100%)] flex-1 text-pretty [overflow-wrap:anywhere]">
        {sentenceText(t, i18n.language, obstacleSentence(obstacle))} {nextTryAt !== null && <NextTry at={nextTryAt} />}
      </p>
      {nextTryAt !== null && (
        <Button size="sm" isBusy={retry.isRunning} onClick={() => tell(retry.run({}))}>
          {t('join.tryNow')}
        </Button>
      )}
    </div>
  );
}
