import { useTranslation } from 'react-i18next';
import { useCall } from '../../rpc/use-call.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Switch } from '../../ui/field.tsx';
import { Card, Section } from '../../ui/page.tsx';

/** Whether agents that may are offered to run commands on this computer at all. Off until the person turns it on. */
export function CommandsSwitch() {
  const { t } = useTranslation();
  const settings = useWatched('settings.watch', {});
  const update = useCall('settings.update');
  if (!settings.value) return null;
  return (
    <Section title={t('agents.commands')}>
      <FailureNote failure={update.failure} onDismiss={update.clear} className="mb-2" />
      <Card>
        <Switch
          label={t('agents.allowCommands')}
          hint={t('agents.allowCommandsHint')}
          isOn={settings.value.allowCommands}
          onChange={(allowCommands) => void update.run({ allowCommands })}
        />
      </Card>
    </Section>
  );
}
