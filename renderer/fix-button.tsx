import { useTranslation } from 'react-i18next';
import type { CheckCode } from '../node-core/protocol/health-check.ts';
import type { StateFix } from '../node-core/protocol/state-reason.ts';
import { useCall } from './rpc/use-call.ts';
import { useShellCall } from './rpc/use-shell-call.ts';
import { useScreen } from './screen.tsx';
import { Button } from './ui/button.tsx';
import { useFailureToast } from './use-failure-toast.ts';

interface FixButtonProps {
  readonly fix: StateFix;
  /** What is looked at again, where that is the fix; `null`: everything. */
  readonly code?: CheckCode | null;
  readonly className?: string;
}

/** What mends a reason, where it is not at hand anyway: Resume stands beside the state itself. */
export function FixButton({ fix, code = null, className }: FixButtonProps) {
  const { t } = useTranslation();
  const show = useScreen((state) => state.show);
  const check = useCall('status.check');
  const renewal = useCall('trust.renew');
  const restart = useShellCall('runtime.restart');
  const tell = useFailureToast();
  switch (fix) {
    case 'check':
      return (
        <Button size="sm" className={className} isBusy={check.isRunning} onClick={() => tell(check.run({ code }))}>
          {t('status.check')}
        </Button>
      );
    case 'open-models':
      return (
        <Button size="sm" className={className} onClick={() => show({ kind: 'settings', section: 'models' })}>
          {t('status.openModels')}
        </Button>
      );
    case 'open-keys':
      return (
        <Button size="sm" className={className} onClick={() => show({ kind: 'settings', section: 'keys' })}>
          {t('status.openKeys')}
        </Button>
      );
    case 'restart':
      return (
        <Button size="sm" className={className} isBusy={restart.isRunning} onClick={() => tell(restart.run({}))}>
          {t('status.restart')}
        </Button>
      );
    case 'renew':
      return (
        <Button size="sm" className={className} isBusy={renewal.isRunning} onClick={() => tell(renewal.run({}))}>
          {t('status.renew')}
        </Button>
      );
    case 'open-storage':
      return (
        <Button size="sm" className={className} onClick={() => show({ kind: 'settings', section: 'storage' })}>
          {t('status.openStorage')}
        </Button>
      );
    case 'open-join':
      return (
        <Button size="sm" className={className} onClick={() => show({ kind: 'join' })}>
          {t('status.openJoin')}
        </Button>
      );
    case 'open-trust':
      return (
        <Button size="sm" className={className} onClick={() => show({ kind: 'trust' })}>
          {t('status.openTrust')}
        </Button>
      );
    case 'resume':
    case 'wait':
      return null;
  }
}
