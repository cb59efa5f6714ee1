import { Pause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LocalFileView, LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { EngineProgress } from './download-progress.tsx';
import { useIsAnswering } from './use-is-answering.ts';

interface UseFileProps {
  file: LocalFileView;
  engine: NonNullable<LocalModelsView['engine']>;
}

/** Makes a file of the person the one that answers; what runs it is fetched where it is not here. */
export function UseFile({ file, engine }: UseFileProps) {
  const { t } = useTranslation();
  const get = useCall('localModels.get');
  const pause = useCall('localModels.pause');
  const { id, name, work } = file;
  const isAnswering = useIsAnswering(id, engine);
  if (isAnswering && work === null) return <p className="text-ink-2 text-small">{t('local.answers')}</p>;
  const isUnderWay = work?.kind === 'queued' || work?.kind === 'engine';
  return (
    <div className="mt-1 flex flex-col items-start gap-2">
      {work?.kind === 'queued' && <p className="text-ink-2 text-small">{t('local.queued')}</p>}
      {work?.kind === 'engine' && (
        <div className="w-full">
          <EngineProgress engine={engine} />
        </div>
      )}
      {work?.kind === 'failed' && <FailureNote failure={work.failure} className="w-full" />}
      {isUnderWay ? (
        <Button size="sm" icon={<Pause />} aria-label={t('local.pauseOf', { name })} onClick={() => pause.run({ id })}>
          {t('local.pause')}
        </Button>
      ) : (
        <Button
          size="sm"
          aria-label={t('local.useOf', { name })}
          isBusy={get.isRunning}
          onClick={() => get.run({ id })}
        >
          {t('local.use')}
        </Button>
      )}
      <FailureNote failure={get.failure ?? pause.failure} className="w-full" />
    </div>
  );
}
