import { useTranslation } from 'react-i18next';
import type { CatalogueModelView, LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { formatBytes } from '../../messages/numbers.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { timeLeft } from './time-left.ts';

interface DownloadProgressProps {
  model: CatalogueModelView;
  engine: NonNullable<LocalModelsView['engine']>;
}

/** How far the download of a model has come, and what it failed with. */
export function DownloadProgress({ model, engine }: DownloadProgressProps) {
  const { t, i18n } = useTranslation();
  const { state, sizeBytes } = model;
  const size = (bytes: number): string => formatBytes(bytes, i18n.language);
  const of = (received: number): string => t('local.receivedOf', { received: size(received), total: size(sizeBytes) });
  switch (state.kind) {
    case 'absent':
    case 'here':
      return null;
    case 'queued':
      return <p className="text-ink-2 text-small">{t('local.queued')}</p>;
    case 'checking':
      return <Progress label={t('local.checking')} share={state.checkedBytes / Math.max(1, state.partBytes)} />;
    case 'waiting':
      return (
        <Bar label={t('local.waiting')} received={state.receivedBytes} model={model} detail={of(state.receivedBytes)} />
      );
    case 'paused':
      return (
        <Bar label={t('local.paused')} received={state.receivedBytes} model={model} detail={of(state.receivedBytes)} />
      );
    case 'engine':
      return <EngineProgress engine={engine} />;
    case 'failed':
      return (
        <>
          {state.receivedBytes > 0 && (
            <Bar
              label={t('local.failed')}
              received={state.receivedBytes}
              model={model}
              detail={of(state.receivedBytes)}
            />
          )}
          <FailureNote failure={state.failure} />
        </>
      );
    case 'receiving': {
      const speed = state.bytesPerSecond === null ? null : t('local.speed', { speed: size(state.bytesPerSecond) });
      const left =
        state.secondsLeft === null ? null : t('local.timeLeft', { time: timeLeft(state.secondsLeft, i18n.language) });
      const detail = [of(state.receivedBytes), speed, left].filter((part) => part !== null).join(' · ');
      return (
        <>
          <Bar label={t('local.downloading')} received={state.receivedBytes} model={model} detail={detail} />
          {state.startedOver !== null && (
            <p role="status" className="text-ink-2 text-small">
              {t(`local.startedOver.${state.startedOver}`)}
            </p>
          )}
        </>
      );
    }
  }
}

interface BarProps {
  label: string;
  received: number;
  model: CatalogueModelView;
  detail: string;
}

const Bar = ({ label, received, model, detail }: BarProps) => (
  <Progress label={label} share={received / model.sizeBytes} detail={detail} />
);

/** How far what runs models has come. */
export function EngineProgress({ engine }: { engine: NonNullable<LocalModelsView['engine']> }) {
  const { t, i18n } = useTranslation();
  if (engine.kind !== 'fetching' || engine.totalBytes === null) {
    return <Progress label={t('local.engine')} share={null} />;
  }
  const size = (bytes: number): string => formatBytes(bytes, i18n.language);
  const detail = t('local.engineOf', { done: size(engine.receivedBytes), total: size(engine.totalBytes) });
  return (
    <Progress label={t('local.engine')} share={engine.receivedBytes / Math.max(1, engine.totalBytes)} detail={detail} />
  );
}
