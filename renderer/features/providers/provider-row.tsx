import { Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderView } from '../../../node-core/api/model-views.ts';
import { placeName } from '../../messages/readers.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ProviderGlyph } from './provider-glyph.tsx';
import { ProviderState } from './provider-state.tsx';

interface ProviderRowProps {
  provider: ProviderView;
  modelCount: number;
  onEdit: () => void;
}

/** One provider: its state, and what can be done with it. */
export function ProviderRow({ provider, modelCount, onEdit }: ProviderRowProps) {
  const { t } = useTranslation();
  const refresh = useCall('models.refresh');
  return (
    <li className="py-3 first:pt-1 last:pb-1">
      <div className="flex items-start gap-3">
        <ProviderGlyph provider={provider} />
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-semibold">{provider.name}</span>
            <Chip>{placeName(t, provider.location)}</Chip>
            {provider.source === 'found' && <Chip>{t('models.foundHere')}</Chip>}
          </div>
          <p className="text-ink-2 text-small [overflow-wrap:anywhere]">
            {provider.url !== '' && (
              <>
                <span dir="ltr">{provider.url}</span> ·{' '}
              </>
            )}
            {t('models.modelCount', { count: modelCount })}
            {provider.kind !== 'local' && <> · {provider.hasKey ? t('models.withKey') : t('models.withoutKey')}</>}
          </p>
          <p className="text-ink-2 text-small">
            <ProviderState state={provider.state} />
          </p>
          {provider.source === 'environment' && (
            <p className="text-ink-2 text-small">
              {provider.setBy === null ? t('models.setElsewhere') : t('models.setBy', { variable: provider.setBy })}
            </p>
          )}
        </div>
        <ProviderActions provider={provider} refresh={refresh} onEdit={onEdit} />
      </div>
      <FailureNote failure={refresh.failure} onDismiss={refresh.clear} className="mt-2" />
    </li>
  );
}

interface ProviderActionsProps {
  provider: ProviderView;
  refresh: ReturnType<typeof useCall<'models.refresh'>>;
  onEdit: () => void;
}

function ProviderActions({ provider, refresh, onEdit }: ProviderActionsProps) {
  const { t } = useTranslation();
  const [isRemoving, setRemoving] = useState(false);
  return (
    <div className="flex flex-none items-center gap-1">
      {provider.kind !== 'local' && (
        <Button
          variant="quiet"
          size="sm"
          icon={<RefreshCw />}
          label={t('models.refresh', { name: provider.name })}
          isBusy={refresh.isRunning}
          onClick={() => refresh.run({ providerId: provider.id })}
        />
      )}
      {provider.source !== 'environment' && provider.source !== 'built-in' && (
        <MoreMenu label={t('models.more', { name: provider.name })}>
          <MenuItem icon={<Pencil />} onSelect={onEdit}>
            {t('models.edit')}
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} isDanger onSelect={() => setRemoving(true)}>
            {t('models.remove')}
          </MenuItem>
        </MoreMenu>
      )}
      <RemoveProvider provider={provider} isOpen={isRemoving} onOpenChange={setRemoving} />
    </div>
  );
}

interface RemoveProviderProps {
  provider: ProviderView;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Removing forgets the key for good, so it is asked about instead of undone. */
function RemoveProvider({ provider, isOpen, onOpenChange }: RemoveProviderProps) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const remove = useCall('models.remove');
  const confirm = async () => {
    const outcome = await remove.run({ providerId: provider.id });
    if (outcome.isOk) toasts.show({ text: t('models.removed', { name: provider.name }) });
  };
  return (
    <>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        title={t('models.removeTitle', { name: provider.name })}
        description={provider.hasKey ? t('models.removeWithKey') : t('models.removeWithoutKey')}
        confirmLabel={t('models.remove')}
        isDanger
        onConfirm={confirm}
      />
      <FailureNote failure={remove.failure} onDismiss={remove.clear} />
    </>
  );
}
