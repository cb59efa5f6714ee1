import { useTranslation } from 'react-i18next';
import { useShellView } from './rpc/shell-provider.tsx';
import { useShellCall } from './rpc/use-shell-call.ts';
import { Button } from './ui/button.tsx';
import { FailureNote } from './ui/failure-note.tsx';

/** Offers the version before where the first start of an update failed; else nothing. */
export function GoBackButton() {
  const { t } = useTranslation();
  const update = useShellView()?.update;
  const goBack = useShellCall('updates.goBack');
  if (update?.kind !== 'went-back') return null;
  const label = update.isPreviousKept ? 'updates.goBack' : 'updates.getPrevious';
  return (
    <>
      <Button size="sm" variant="primary" isBusy={goBack.isRunning} onClick={() => void goBack.run({})}>
        {t(label, { version: update.previousVersion })}
      </Button>
      <FailureNote failure={goBack.failure} onDismiss={goBack.clear} />
    </>
  );
}
