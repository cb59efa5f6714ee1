import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { readersSentence } from '../../messages/readers.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, PasswordInput, Select, TextInput } from '../../ui/field.tsx';
import { type ConnectionForm, canTest } from './connection-form.ts';
import { defaultProviderName, draftLocation, providerKindNames, providerKinds } from './provider-kinds.ts';
import { TestReportView } from './test-report.tsx';
import { useProviderForm } from './use-provider-form.ts';

interface ProviderFormProps {
  initial: ConnectionForm;
  /** What the button at the end does: "Add and start chatting", "Add", "Save". */
  saveLabel: string;
  /** The name can be changed. */
  hasName?: boolean | undefined;
  onSaved: () => void;
  onCancel?: (() => void) | undefined;
}

/** Connects a provider: what kind, where, with which key; tests it and mends what the Test found. */
export function ProviderForm({ initial, saveLabel, hasName = false, onSaved, onCancel }: ProviderFormProps) {
  const { t } = useTranslation();
  const state = useProviderForm(initial, onSaved);
  const { form, test, report, saving, change } = state;
  return (
    <form noValidate onSubmit={state.submit} className="flex flex-col gap-4" aria-label={t('models.connect')}>
      {form.stored === null && (
        <Choices
          legend={t('models.kindLegend')}
          value={form.kind}
          onChange={(kind) => change({ kind, url: '' })}
          options={providerKindNames.map((value) => ({ value, label: t(`models.kind.${value}`) }))}
        />
      )}
      {hasName && (
        <Field label={t('models.name')}>
          <TextInput
            value={form.name}
            maxLength={100}
            placeholder={defaultProviderName(form)}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
      )}
      {form.kind === 'openai-compatible' && (
        <AddressField url={form.url} fieldRef={state.urlField} onChange={(url) => change({ url })} />
      )}
      <KeyField form={form} fieldRef={state.keyField} onChange={(key) => change({ key })} />
      {report && report.models.length > 0 && (
        <ModelField models={report.models} value={form.model} onChange={(model) => change({ model })} />
      )}
      <div ref={state.outcome} className="flex scroll-my-6 flex-col gap-4">
        <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
          {report && <TestReportView report={report} onFix={state.fix} />}
          {test.kind === 'failed' && <FailureNote failure={test.failure} />}
          <FailureNote failure={saving.failure} />
        </div>
        <Readers form={form} />
        <FormButtons state={state} saveLabel={saveLabel} onCancel={onCancel} />
      </div>
    </form>
  );
}

interface FormButtonsProps {
  state: ReturnType<typeof useProviderForm>;
  saveLabel: string;
  onCancel: (() => void) | undefined;
}

/** First Test; once it passed, save. What failed can be saved all the same, for a program that is not started yet. */
function FormButtons({ state, saveLabel, onCancel }: FormButtonsProps) {
  const { t } = useTranslation();
  const { form, test, report, saving, forget } = state;
  const isTesting = test.kind === 'running';
  const hasPassed = report?.problem === null;
  return (
    <div className="flex flex-wrap items-center gap-2.5">
      {hasPassed ? (
        <Button type="submit" variant="primary" isBusy={saving.isRunning}>
          {saveLabel}
        </Button>
      ) : (
        <Button type="submit" variant="primary" disabled={!canTest(form)} isBusy={isTesting}>
          {isTesting ? t('models.testing') : t('models.test')}
        </Button>
      )}
      {isTesting && <Button onClick={forget}>{t('models.stopTest')}</Button>}
      {report && !hasPassed && (
        <Button isBusy={saving.isRunning} onClick={() => saving.save(form)}>
          {t('models.saveAnyway')}
        </Button>
      )}
      {onCancel && (
        <Button variant="quiet" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
      )}
    </div>
  );
}

interface AddressFieldProps {
  url: string;
  fieldRef: Ref<HTMLInputElement>;
  onChange: (url: string) => void;
}

function AddressField({ url, fieldRef, onChange }: AddressFieldProps) {
  const { t } = useTranslation();
  return (
    <Field label={t('models.address')} hint={t('models.addressHint')}>
      <TextInput
        ref={fieldRef}
        type="url"
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        value={url}
        placeholder="http://127.0.0.1:8080/v1"
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

interface KeyFieldProps {
  form: ConnectionForm;
  fieldRef: Ref<HTMLInputElement>;
  onChange: (key: string) => void;
}

function KeyField({ form, fieldRef, onChange }: KeyFieldProps) {
  const { t } = useTranslation();
  const isStored = form.stored?.hasKey === true;
  const isOptional = form.kind === 'openai-compatible';
  return (
    <Field
      label={isOptional ? t('models.keyOptional') : t('models.key')}
      hint={isStored ? t('models.keyStored') : t('models.keyHint')}
    >
      <PasswordInput
        ref={fieldRef}
        dir="ltr"
        maxLength={1000}
        value={form.key}
        placeholder={isStored ? '••••••••••••' : providerKinds[form.kind].keyExample}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

interface ModelFieldProps {
  models: readonly string[];
  value: string;
  onChange: (model: string) => void;
}

function ModelField({ models, value, onChange }: ModelFieldProps) {
  const { t } = useTranslation();
  return (
    <Field label={t('models.model')}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        {!models.includes(value) && <option value={value}>{value}</option>}
        {models.map((model) => (
          <option key={model} value={model}>
            {model}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function Readers({ form }: { form: ConnectionForm }) {
  const { t } = useTranslation();
  const location = draftLocation(form);
  if (!location) return null;
  return <p className="text-ink-2 text-small">{readersSentence(t, location, defaultProviderName(form))}</p>;
}
