import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CatalogueModelView } from '../../../node-core/api/local-model-views.ts';
import { formatBytes } from '../../messages/numbers.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';

/** Ends a download for good; asks before that deletes what has arrived. */
export function GiveUp({ model: { id, name, state } }: { readonly model: CatalogueModelView }) {
  const { t, i18n } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const cancel = useCall('localModels.cancel');
  const arrived = arrivedBytes(state);
  return (
    <>
      <Button
        variant="quiet"
        size="sm"
        icon={<X />}
        aria-label={t('local.cancelOf', { name })}
        isBusy={cancel.isRunning}
        onClick={() => (arrived > 0 ? setAsked(true) : void cancel.run({ id }))}
      >
        {t('local.cancel')}
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        onOpenChange={setAsked}
        title={t('local.cancelTitle', { name })}
        description={t('local.cancelMeans', { size: formatBytes(arrived, i18n.language) })}
        confirmLabel={t('local.cancel')}
        isDanger
        onConfirm={() => void cancel.run({ id })}
      />
      <FailureNote failure={cancel.failure} className="w-full" />
    </>
  );
}

/** How much of the file would be lost. */
function arrivedBytes(state: CatalogueModelView['state']): number {
  switch (state.kind) {
    case 'receiving':
    case 'waiting':
    case 'paused':
    case 'failed':
      return state.receivedBytes;
    case 'checking':
      return state.partBytes;
    // What has arrived whole stays.
    case 'engine':
    case 'here':
    case 'absent':
    case 'queued':
      return 0;
  }
}
