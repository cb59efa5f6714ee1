import { useTranslation } from 'react-i18next';
import type { LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { formatBytes } from '../../messages/numbers.ts';

/** Says, before anything is clicked, what is downloaded besides the model. Nothing once it is here. */
export function EngineNote({ engine }: { engine: NonNullable<LocalModelsView['engine']> }) {
  const { t, i18n } = useTranslation();
  if (engine.kind !== 'absent' || engine.sizeBytes === null) return null;
  const size = formatBytes(engine.sizeBytes, i18n.language);
  return <p className="mt-2.5 text-ink-2 text-small">{t('local.engineToo', { size })}</p>;
}
