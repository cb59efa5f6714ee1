import { useTranslation } from 'react-i18next';
import { useWatched } from './rpc/use-watched.ts';
import { useScreen } from './screen.tsx';
import { Button } from './ui/button.tsx';
import { StatusGlyph } from './ui/status-glyph.tsx';

/** Says on every screen but the one that mends it that keys are locked. */
export function LockedKeysBanner() {
  const { t } = useTranslation();
  const { value: storage } = useWatched('keys.watch', {});
  const isThere = useScreen(({ screen }) => screen.kind === 'settings' && screen.section === 'keys');
  const show = useScreen((state) => state.show);
  const isShown = storage?.kind === 'locked' && !isThere;
  return (
    <div role="status" className="empty:hidden">
      {isShown && (
        <div className="flex animate-appear flex-wrap items-center justify-center gap-x-2.5 gap-y-1 border-line border-b bg-warn-soft px-4 py-1.5 text-small">
          <StatusGlyph status="warn" />
          {t('keys.bannerLocked')}
          <Button size="sm" onClick={() => show({ kind: 'settings', section: 'keys' })}>
            {t('keys.bannerOpen')}
          </Button>
        </div>
      )}
    </div>
  );
}
