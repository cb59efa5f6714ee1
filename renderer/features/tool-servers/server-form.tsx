import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../node-core/api/failures.ts';
import { Banner } from '../../ui/banner.tsx';
import { Field, TextArea, TextInput } from '../../ui/field.tsx';
import { FormFoot } from '../../ui/form-frame.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { ExactLine } from './exact-line.tsx';
import { NamedValues } from './named-values.tsx';
import type { ServerFields } from './server-draft.ts';
import type { Line } from './use-line.ts';

interface ServerFormProps {
  fields: ServerFields;
  line: Line;
  /** Of saving or connecting. */
  failure: Failure | null;
  onChange: (fields: ServerFields) => void;
  onSubmit: () => void;
  /** Buttons; the first of them submits. */
  children: ReactNode;
}

/** What a server is, with the whole line that comes of it and a plain warning. */
export function ServerForm({ fields, line, failure, onChange, onSubmit, children }: ServerFormProps) {
  const { t } = useTranslation();
  const change = (part: Partial<ServerFields>) => onChange({ ...fields, ...part });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      className="flex flex-col gap-4"
      aria-label={t('servers.form')}
    >
      <RadioCards
        legend={t('servers.kind')}
        options={(['stdio', 'http'] as const).map((value) => ({
          value,
          label: t(`servers.kinds.${value}.label`),
          hint: t(`servers.kinds.${value}.hint`),
        }))}
        value={fields.kind}
        onChange={(kind) => change({ kind })}
      />
      {fields.kind === 'stdio' ? (
        <ProgramFields fields={fields} onChange={change} />
      ) : (
        <AddressFields fields={fields} onChange={change} />
      )}
      <Field label={t('servers.name')}>
        <TextInput value={fields.name} maxLength={60} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      {line.kind === 'line' && <ExactLine kind={fields.kind} line={line.line} />}
      <Banner tone="warn">{t(`servers.warning.${fields.kind}`)}</Banner>
      <FormFoot failure={failure ?? (line.kind === 'refused' ? line.failure : null)}>{children}</FormFoot>
    </form>
  );
}

interface FieldsProps {
  fields: ServerFields;
  onChange: (part: Partial<ServerFields>) => void;
}

function ProgramFields({ fields, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { command, args, folder, environment } = fields;
  const exact = { spellCheck: false, autoCapitalize: 'off', className: 'font-mono' } as const;
  return (
    <>
      <Field label={t('servers.command')} hint={t('servers.commandHint')}>
        <TextInput
          {...exact}
          required
          value={command}
          onChange={(event) => onChange({ command: event.target.value })}
        />
      </Field>
      <Field label={t('servers.args')} hint={t('servers.argsHint')}>
        <TextArea {...exact} rows={3} value={args} onChange={(event) => onChange({ args: event.target.value })} />
      </Field>
      <Field label={t('servers.folder')} hint={t('servers.folderHint')}>
        <TextInput {...exact} value={folder} onChange={(event) => onChange({ folder: event.target.value })} />
      </Field>
      <NamedValues
        legend={t('servers.environment')}
        hint={t('servers.environmentHint')}
        values={environment}
        onChange={(values) => onChange({ environment: values })}
      />
    </>
  );
}

function AddressFields({ fields, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t('servers.address')} hint={t('servers.addressHint')}>
        <TextInput
          required
          type="url"
          spellCheck={false}
          className="font-mono"
          value={fields.url}
          onChange={(event) => onChange({ url: event.target.value })}
        />
      </Field>
      <NamedValues
        legend={t('servers.headers')}
        hint={t('servers.headersHint')}
        values={fields.headers}
        onChange={(headers) => onChange({ headers })}
      />
    </>
  );
}
