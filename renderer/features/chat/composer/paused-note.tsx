import { useTranslation } from 'react-i18next';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { usePause } from '../../../use-pause.ts';

/** Says at the composer that nothing can be sent while the agents are paused. */
export function PausedNote() {
  const { t } = useTranslation();
  const { since, isBusy, toggle } = usePause();
  if (since === null) return null;
  const resume = (
    <Button size="sm" isBusy={isBusy} onClick={toggle}>
      {t('status.resume')}
    </Button>
  );
  return (
    <Banner className="mb-2" action={resume}>
      {t('chat.pausedNote')}
    </Banner>
  );
}
