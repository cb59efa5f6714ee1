import { useTranslation } from 'react-i18next';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FourWords } from '../../ui/four-words.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { CancelCall } from './cancel-call.ts';
import { hostOf } from './hive-name.ts';
import type { Application } from './join-stage.ts';
import { JoiningFacts } from './joining-facts.tsx';
import { ObstacleText } from './obstacle-text.tsx';
import { Sheet } from './sheet.tsx';

interface CompareStepProps {
  readonly application: Application;
  readonly nodeName: string;
  readonly cancel: CancelCall;
}

/** By an address alone: which hive the server says it is of, before anything is trusted. */
export function CompareStep({ application, nodeName, cancel }: CompareStepProps) {
  const { statedWords } = application;
  return statedWords === null ? (
    <Asking application={application} cancel={cancel} />
  ) : (
    <Compare application={application} words={statedWords} nodeName={nodeName} cancel={cancel} />
  );
}

function Asking({ application, cancel }: Omit<CompareStepProps, 'nodeName'>) {
  const { t } = useTranslation();
  return (
    <Sheet
      title={t('join.title')}
      subtitle={t('join.askingHint')}
      actions={
        <Button isBusy={cancel.isRunning} onClick={cancel.run}>
          {t('join.cancelJoin')}
        </Button>
      }
    >
      <div className="mt-4 flex flex-col gap-1.5">
        <Spinner label={t('join.asking', { host: hostOf(application.at) })} />
        <ObstacleText application={application} />
      </div>
    </Sheet>
  );
}

interface CompareProps extends CompareStepProps {
  readonly words: readonly string[];
}

function Compare({ application, words, nodeName, cancel }: CompareProps) {
  const { t } = useTranslation();
  const confirm = useCall('trust.confirm');
  return (
    <Sheet
      title={t('join.compareTitle')}
      subtitle={t('join.compareWhy', { host: hostOf(application.at) })}
      actions={
        <>
          <Button variant="danger" isBusy={cancel.isRunning} onClick={cancel.run}>
            {t('join.compareStop')}
          </Button>
          <Button
            variant="primary"
            isBusy={confirm.isRunning}
            onClick={() => void confirm.run({ words: words.join(' ') })}
          >
            {t('join.compareButton')}
          </Button>
        </>
      }
    >
      <div className="mt-4">
        <FourWords isLarge words={words} label={t('join.factAnchor')} />
        <p className="mt-2 text-pretty text-ink-2">{t('join.compareLead')}</p>
      </div>
      <JoiningFacts nodeName={nodeName} />
      <FailureNote failure={confirm.failure} className="mt-4" />
    </Sheet>
  );
}
