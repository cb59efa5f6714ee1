import { useTranslation } from 'react-i18next';
import { Button } from './ui/button.tsx';
import { RelativeTime } from './ui/relative-time.tsx';
import { StateGlyph } from './ui/state-glyph.tsx';
import { usePause } from './use-pause.ts';

/** Says over every screen that the person has paused the agents, and since when. */
export function PausedBanner() {
  const { t } = useTranslation();
  const { since, isBusy, toggle } = usePause();
  return (
    <div role="status" className="empty:hidden">
      {since !== null && (
        <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1.5 border-line border-b bg-sunken px-4 py-1.5 text-small">
          <StateGlyph state="paused" />
          <p>
            <span className="font-medium">{t('state.paused-by-person')}</span> · <RelativeTime at={since} />
          </p>
          <p className="text-balance text-center text-ink-2">{t('state.paused-by-person.why')}</p>
          <Button size="sm" isBusy={isBusy} onClick={toggle}>
            {t('status.resume')}
          </Button>
        </div>
      )}
    </div>
  );
}
