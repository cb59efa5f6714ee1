import { type FormEvent, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { AgentDraft } from '../../../node-core/api/agent-views.ts';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { ModelsView } from '../../../node-core/api/model-views.ts';
import { ModelOptions } from '../../model-options.tsx';
import { Field, Select, TextArea, TextInput } from '../../ui/field.tsx';
import { FormFrame } from '../../ui/form-frame.tsx';
import { type DraftProblems, draftProblems } from './agent-draft.ts';
import { FoldersField } from './folders-field.tsx';
import { KnowledgeField } from './knowledge-field.tsx';
import { ServersField } from './servers-field.tsx';
import { ToolsField } from './tools-field.tsx';

interface AgentFormProps {
  /** `null`: a new one, which has no id yet. */
  agentId: string | null;
  initial: AgentDraft;
  models: ModelsView | null;
  saveLabel: string;
  isSaving: boolean;
  failure: Failure | null;
  onSave: (draft: AgentDraft) => void;
  onCancel: () => void;
}

/** What an agent is: name, instructions, model and tools. Says what is missing when it is to be saved. */
export function AgentForm(props: AgentFormProps) {
  const { agentId, initial, models, saveLabel, isSaving, failure, onSave, onCancel } = props;
  const { t } = useTranslation();
  const [draft, setDraft] = useState(initial);
  const [hasTried, setTried] = useState(false);
  const problems = hasTried ? draftProblems(draft) : {};
  const change = (part: Partial<AgentDraft>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    flushSync(() => setTried(true));
    const wrong = event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (wrong) wrong.focus();
    else onSave(draft);
  };
  return (
    <FormFrame
      label={t('agents.form')}
      saveLabel={saveLabel}
      isSaving={isSaving}
      failure={failure}
      onSave={submit}
      onCancel={onCancel}
    >
      <WordFields draft={draft} problems={problems} onChange={change} />
      <ModelField value={draft.model} models={models} onChange={(model) => change({ model })} />
      <ToolsField value={draft.tools} onChange={(tools) => change({ tools })} />
      <KnowledgeField value={draft.knowledge} onChange={(knowledge) => change({ knowledge })} />
      <FoldersField agentId={agentId} />
      <ServersField value={draft.servers} onChange={(servers) => change({ servers })} />
    </FormFrame>
  );
}

interface WordFieldsProps {
  draft: AgentDraft;
  problems: DraftProblems;
  onChange: (part: Partial<AgentDraft>) => void;
}

function WordFields({ draft, problems, onChange }: WordFieldsProps) {
  const { t } = useTranslation();
  const errorOf = (field: 'name' | 'instructions' | 'description' | 'greeting') => {
    const problem = problems[field];
    return problem === undefined ? null : t(`agents.problem.${field}.${problem}`);
  };
  return (
    <>
      <Field label={t('agents.name')} error={errorOf('name')}>
        <TextInput required value={draft.name} onChange={(event) => onChange({ name: event.target.value })} />
      </Field>
      <Field label={t('agents.description')} hint={t('agents.descriptionHint')} error={errorOf('description')}>
        <TextInput value={draft.description} onChange={(event) => onChange({ description: event.target.value })} />
      </Field>
      <Field label={t('agents.instructions')} hint={t('agents.instructionsHint')} error={errorOf('instructions')}>
        <TextArea
          required
          rows={6}
          value={draft.instructions}
          onChange={(event) => onChange({ instructions: event.target.value })}
        />
      </Field>
      <Field label={t('agents.greeting')} hint={t('agents.greetingHint')} error={errorOf('greeting')}>
        <TextInput value={draft.greeting} onChange={(event) => onChange({ greeting: event.target.value })} />
      </Field>
    </>
  );
}

interface ModelFieldProps {
  value: string | null;
  models: ModelsView | null;
  onChange: (model: string | null) => void;
}

function ModelField({ value, models, onChange }: ModelFieldProps) {
  const { t } = useTranslation();
  const isKnown = value === null || models?.models.some(({ ref }) => ref === value);
  return (
    <Field label={t('agents.model')} hint={t('agents.modelHint')}>
      <Select value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
        <option value="">{t('agents.modelDefault')}</option>
        {!isKnown && <option value={value}>{t('agents.modelGone', { model: value })}</option>}
        {models && <ModelOptions models={models} />}
      </Select>
    </Field>
  );
}
