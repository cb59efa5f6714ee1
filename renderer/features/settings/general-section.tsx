import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Settings, settingsSchema } from '../../../node-core/api/node-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Choices } from '../../ui/choices.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, Select, Switch } from '../../ui/field.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { ThisApp } from './this-app.tsx';

/** Settings, General: how the window looks and how chats begin. Every change takes effect at once. */
export function GeneralSection() {
  const { t } = useTranslation();
  const settings = useWatched('settings.watch', {});
  const update = useCall('settings.update');
  if (!settings.value) {
    return settings.failure ? <FailureNote failure={settings.failure} /> : <Spinner label={t('settings.loading')} />;
  }
  const change = (part: Partial<Settings>) => void update.run(part);
  return (
    <>
      <FailureNote failure={update.failure ?? settings.failure} onDismiss={update.clear} className="mt-6" />
      <Section title={t('settings.appearance')}>
        <Card className="flex flex-col gap-4">
          <ThemeChoice value={settings.value.theme} onChange={(theme) => change({ theme })} />
          <LanguageChoice value={settings.value.language} onChange={(language) => change({ language })} />
        </Card>
      </Section>
      <Section title={t('settings.chats')}>
        <Card className="flex flex-col gap-4">
          <DefaultAgent value={settings.value.defaultAgentId} onChange={(id) => change({ defaultAgentId: id })} />
          <Switch
            label={t('settings.timings')}
            hint={t('settings.timingsHint')}
            isOn={settings.value.showTimings}
            onChange={(showTimings) => change({ showTimings })}
          />
        </Card>
      </Section>
      <ThisApp />
    </>
  );
}

interface ChoiceProps<T> {
  value: T;
  onChange: (value: T) => void;
}

function ThemeChoice({ value, onChange }: ChoiceProps<Settings['theme']>) {
  const { t } = useTranslation();
  return (
    <Choices
      legend={t('settings.theme')}
      value={value}
      onChange={onChange}
      options={[
        { value: 'system', label: t('settings.themeSystem'), icon: <Monitor aria-hidden="true" /> },
        { value: 'light', label: t('settings.themeLight'), icon: <Sun aria-hidden="true" /> },
        { value: 'dark', label: t('settings.themeDark'), icon: <Moon aria-hidden="true" /> },
      ]}
    />
  );
}

function LanguageChoice({ value, onChange }: ChoiceProps<Settings['language']>) {
  const { t } = useTranslation();
  return (
    <Field label={t('settings.language')} className="max-w-72">
      <Select
        value={value}
        onChange={(event) => onChange(settingsSchema.shape.language.catch('system').parse(event.target.value))}
      >
        <option value="system">{t('settings.languageSystem')}</option>
        <option value="en" lang="en">
          {t('settings.languageEnglish')}
        </option>
      </Select>
    </Field>
  );
}

function DefaultAgent({ value, onChange }: ChoiceProps<string>) {
  const { t } = useTranslation();
  const agents = useWatched('agents.watch', {});
  return (
    <Field label={t('settings.defaultAgent')} hint={t('settings.defaultAgentHint')} className="max-w-72">
      <Select value={value} disabled={!agents.value} onChange={(event) => onChange(event.target.value)}>
        {!agents.value && <option value={value}>{value}</option>}
        {agents.value?.map((agent) => (
          <option key={agent.id} value={agent.id}>
            {agent.name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
