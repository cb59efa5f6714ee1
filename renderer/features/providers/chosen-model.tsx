import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ModelsView } from '../../../node-core/api/model-views.ts';
import { readersSentence } from '../../messages/readers.ts';
import { ModelOptions } from '../../model-options.tsx';
import { useCall } from '../../rpc/use-call.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { ProviderGlyph } from './provider-glyph.tsx';

/** Which model answers where nothing else is said and why, who reads along, and the choice of another one. */
export function ChosenModel({ models }: { models: ModelsView }) {
  const { t } = useTranslation();
  const choose = useCall('models.choose');
  const { chosen } = models;
  const provider = models.providers.find(({ id }) => id === chosen?.model.providerId);
  const isChosenByHand = chosen?.reason === 'chosen-as-default';
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-start gap-3">
        <ProviderGlyph provider={provider} />
        <div className="min-w-0 [overflow-wrap:anywhere]">
          <p className="font-medium">{chosenSentence(t, chosen)}</p>
          <p className="text-ink-2 text-small">
            {readersSentence(t, chosen?.model.location ?? null, chosen?.providerName ?? '')}
          </p>
        </div>
      </div>
      {models.models.length > 0 && (
        <Field label={t('models.default')} hint={t('models.defaultHint')}>
          <Select
            value={isChosenByHand ? chosen.model.ref : ''}
            disabled={choose.isRunning}
            onChange={(event) => choose.run({ ref: event.target.value === '' ? null : event.target.value })}
          >
            <option value="">{t('models.letNunbaChoose')}</option>
            <ModelOptions models={models} />
          </Select>
        </Field>
      )}
      <FailureNote failure={choose.failure} onDismiss={choose.clear} />
    </div>
  );
}

function chosenSentence(t: TFunction, chosen: ModelsView['chosen']): string {
  if (!chosen) return t('models.noneAnswers');
  return t(`models.because.${chosen.reason}`, { model: chosen.model.name, provider: chosen.providerName });
}
