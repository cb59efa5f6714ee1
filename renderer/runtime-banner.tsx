import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuntimeView } from '../node-core/api/shell-views.ts';
import { AttentionButtons, AttentionSentence } from './runtime-attention.tsx';
import { Banner } from './ui/banner.tsx';
import { Spinner } from './ui/spinner.tsx';

/** How long it is said that the node was started again, ms. */
const lingerMs = 6_000;
const second = 1_000;

/** What happened to the node, in the window of the desktop app. The page under it stays as it is. */
export function RuntimeBanner({ runtime }: { readonly runtime: RuntimeView }) {
  const { t } = useTranslation();
  const wasRestarted = useWasRestarted(runtime.kind);
  if (runtime.kind === 'attention') {
    return (
      <div className="border-line border-b px-4 py-2 text-small">
        <Banner tone="bad" action={<AttentionButtons />}>
          <AttentionSentence runtime={runtime} />
        </Banner>
      </div>
    );
  }
  return (
    <div role="status" className="empty:hidden">
      {runtime.kind === 'restarting' && <Restarting runtime={runtime} />}
      {runtime.kind === 'running' && wasRestarted && <p className={line}>{t('shell.restarted')}</p>}
    </div>
  );
}

const line =
  'flex animate-appear items-center justify-center gap-2.5 border-line border-b bg-warn-soft px-4 py-1.5 text-small';

function Restarting({ runtime }: { readonly runtime: Extract<RuntimeView, { kind: 'restarting' }> }) {
  const { t } = useTranslation();
  const seconds = useSecondsUntil(runtime.nextAt);
  const { attempt, cause } = runtime;
  return (
    <p className={line}>
      <Spinner />
      <span>
        {t(cause === 'hung' ? 'shell.restartingHung' : 'shell.restartingCrashed')}
        {attempt > 1 && (
          // Counting down is for the eyes; a screen reader is told once that it is restarted.
          <span aria-hidden="true" className="ms-1">
            {seconds > 0
              ? t('shell.restartingAttemptIn', { attempt, seconds })
              : t('shell.restartingAttempt', { attempt })}
          </span>
        )}
      </span>
    </p>
  );
}

/** Whole seconds until a moment, counted down. */
function useSecondsUntil(at: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), second);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((at - now) / second));
}

/** Whether the node has just come back after it was started anew: too quick a restart would not be seen otherwise. */
function useWasRestarted(kind: RuntimeView['kind']): boolean {
  const [isShown, setShown] = useState(false);
  const before = useRef(kind);
  useEffect(() => {
    const hasReturned = kind === 'running' && before.current === 'restarting';
    before.current = kind;
    setShown(hasReturned);
    if (!hasReturned) return;
    const timer = setTimeout(() => setShown(false), lingerMs);
    return () => clearTimeout(timer);
  }, [kind]);
  return isShown;
}
