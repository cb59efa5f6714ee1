import { useTranslation } from 'react-i18next';
import type { DesktopSettings } from '../../../../node-core/api/shell-views.ts';
import { useShellView } from '../../../rpc/shell-provider.tsx';
import { useShellCall } from '../../../rpc/use-shell-call.ts';
import { Choices } from '../../../ui/choices.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Card, Section } from '../../../ui/page.tsx';
import { UpdateState } from './update-state.tsx';

/** Settings, Updates: where the update stands, and which versions are wanted. Only in the desktop app. */
export function UpdatesSection() {
  const { t } = useTranslation();
  const view = useShellView();
  const change = useShellCall('settings.update');
  if (!view) return null;
  if (view.update.kind === 'off') {
    return (
      <Section title={t('updates.title')}>
        <Card>{t('updates.off')}</Card>
      </Section>
    );
  }
  return (
    <>
      <FailureNote failure={change.failure} onDismiss={change.clear} className="mt-6" />
      <Section title={t('updates.title')} hint={t('updates.hint')}>
        <UpdateState update={view.update} />
      </Section>
      <Section title={t('updates.channel')} hint={t('updates.channelHint')}>
        <Card>
          <Channel
            value={view.settings.updateChannel}
            onChange={(updateChannel) => void change.run({ updateChannel })}
          />
        </Card>
      </Section>
    </>
  );
}

interface ChannelProps {
  value: DesktopSettings['updateChannel'];
  onChange: (value: DesktopSettings['updateChannel']) => void;
}

function Channel({ value, onChange }: ChannelProps) {
  const { t } = useTranslation();
  return (
    <Choices
      legend={t('updates.channel')}
      isLegendHidden
      value={value}
      onChange={onChange}
      options={[
        { value: 'stable', label: t('updates.channelStable') },
        { value: 'beta', label: t('updates.channelBeta') },
      ]}
    />
  );
}
