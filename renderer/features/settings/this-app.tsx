import { useTranslation } from 'react-i18next';
import type { DesktopSettings, ShellView } from '../../../node-core/api/shell-views.ts';
import { useShellView } from '../../rpc/shell-provider.tsx';
import { useShellCall } from '../../rpc/use-shell-call.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Switch } from '../../ui/field.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { TrustedHosts } from './trusted-hosts.tsx';

/** What only the desktop app has: how it starts, what closing does, what it notifies of, whose links it opens. Nothing in a browser. */
export function ThisApp() {
  const view = useShellView();
  return view && <Settings view={view} />;
}

type Change = (change: Partial<DesktopSettings>) => void;

function Settings({ view }: { readonly view: ShellView }) {
  const { t } = useTranslation();
  const update = useShellCall('settings.update');
  const change: Change = (part) => void update.run(part);
  return (
    <Section title={t('desktop.title')}>
      <FailureNote failure={update.failure} onDismiss={update.clear} className="mb-3" />
      <Card className="flex flex-col gap-4">
        <Starting view={view} change={change} />
        <Notifications value={view.settings.notifications} change={change} />
        <TrustedHosts hosts={view.settings.trustedHosts} onChange={(trustedHosts) => change({ trustedHosts })} />
      </Card>
    </Section>
  );
}

function Starting({ view: { settings, tray }, change }: { readonly view: ShellView; readonly change: Change }) {
  const { t } = useTranslation();
  const hasNoTray = tray === 'none';
  return (
    <>
      <Switch
        label={t('desktop.startAtLogin')}
        isOn={settings.startAtLogin}
        onChange={(startAtLogin) => change({ startAtLogin })}
      />
      <Switch
        label={t('desktop.startHidden')}
        hint={t(hasNoTray ? 'desktop.startHiddenNone' : 'desktop.startHiddenHint')}
        isOn={settings.startHidden && !hasNoTray}
        disabled={hasNoTray}
        onChange={(startHidden) => change({ startHidden })}
      />
      <Switch
        label={t('desktop.closeToTray')}
        hint={t(hasNoTray ? 'desktop.closeToTrayNone' : 'desktop.closeToTrayHint')}
        isOn={settings.closeToTray && !hasNoTray}
        disabled={hasNoTray}
        onChange={(closeToTray) => change({ closeToTray })}
      />
    </>
  );
}

interface NotificationsProps {
  readonly value: DesktopSettings['notifications'];
  readonly change: Change;
}

function Notifications({ value, change }: NotificationsProps) {
  const { t } = useTranslation();
  const set = (part: Partial<DesktopSettings['notifications']>) => change({ notifications: { ...value, ...part } });
  return (
    <fieldset className="m-0 border-line border-t p-0 pt-4">
      <legend className="sr-only">{t('desktop.notifications')}</legend>
      <p className="font-medium" aria-hidden="true">
        {t('desktop.notifications')}
      </p>
      <p className="mb-3 max-w-[60ch] text-pretty text-ink-2 text-small">{t('desktop.notificationsHint')}</p>
      <div className="flex flex-col gap-3 [&_label]:font-normal">
        <Switch label={t('desktop.notifyAnswers')} isOn={value.answers} onChange={(answers) => set({ answers })} />
        <Switch label={t('desktop.notifyHealth')} isOn={value.health} onChange={(health) => set({ health })} />
        <Switch label={t('desktop.notifyHive')} isOn={value.hive} onChange={(hive) => set({ hive })} />
        <Switch label={t('desktop.notifyUpdates')} isOn={value.updates} onChange={(updates) => set({ updates })} />
      </div>
    </fieldset>
  );
}
