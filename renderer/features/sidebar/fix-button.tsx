import { useTranslation } from 'react-i18next';
import type { StateFix } from '../../../node-core/protocol/node-state.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useShellCall } from '../../rpc/use-shell-call.ts';
import { useScreen } from '../../screen.tsx';
import { Button } from '../../ui/button.tsx';

interface FixButtonProps {
  readonly fix: StateFix;
  readonly className?: string;
}

/** What mends a reason, where it is not at hand anyway: Resume stands beside the state itself. */
export function FixButton({ fix, className }: FixButtonProps) {
  const { t } = useTranslation();
  const show = useScreen((state) => state.show);
  const check = useCall('status.check');
  const restart = useShellCall('runtime.restart');
  switch (fix) {
    case 'check':
      return (
        <Button size="sm" className={className} isBusy={check.isRunning} onClick={() => void check.run({})}>
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
        <Button size="sm" className={className} isBusy={restart.isRunning} onClick={() => void restart.run({})}>
          {t('status.restart')}
        </Button>
      );
    case 'resume':
    case 'by-command':
    case 'wait':
      return null;
  }
}
