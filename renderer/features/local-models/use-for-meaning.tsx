import { Pause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LocalFileView, LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { EngineProgress } from './download-progress.tsx';
import { RemoveFile } from './local-file-row.tsx';

interface UseForMeaningProps {
  file: LocalFileView;
  engine: NonNullable<LocalModelsView['engine']>;
  isUsed: boolean;
  /** It can be removed here; else that is offered elsewhere. */
  isRemovable?: boolean;
}

/** Makes a model that is here the one that searches by meaning, or puts it aside. */
export function UseForMeaning({ file, engine, isUsed, isRemovable = false }: UseForMeaningProps) {
  const { t } = useTranslation();
  const get = useCall('localModels.get');
  const pause = useCall('localModels.pause');
  const stop = useCall('localModels.stopMeaning');
  const { id, name, work } = file;
  const isUnderWay = work?.kind === 'queued' || work?.kind === 'engine';
  return (
    <div className="mt-1 flex w-full flex-wrap items-center gap-2">
      {work?.kind === 'engine' && <EngineProgress engine={engine} />}
      {work?.kind === 'failed' && <FailureNote failure={work.failure} className="w-full" />}
      {!isUnderWay && (
        <span className="flex items-center gap-2 text-small">
          <StatusGlyph status={isUsed ? 'ok' : 'none'} />
          {isUsed ? t('local.meaningUsed') : t('local.meaningUnused')}
        </span>
      )}
      {isUnderWay ? (
        <Button size="sm" icon={<Pause />} aria-label={t('local.pauseOf', { name })} onClick={() => pause.run({ id })}>
          {t('local.pause')}
        </Button>
      ) : isUsed ? (
        <Button
          size="sm"
          aria-label={t('local.meaningStopOf', { name })}
          isBusy={stop.isRunning}
          onClick={() => stop.run({})}
        >
          {t('local.meaningStop')}
        </Button>
      ) : (
        <Button
          size="sm"
          aria-label={t('local.meaningUseOf', { name })}
          isBusy={get.isRunning}
          onClick={() => get.run({ id })}
        >
          {t('local.meaningUse')}
        </Button>
      )}
      {isRemovable && <RemoveFile file={file} />}
      <FailureNote failure={get.failure ?? pause.failure ?? stop.failure} className="w-full" />
    </div>
  );
}
