import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentDraft } from '../../../node-core/api/agent-views.ts';
import { Button } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Field, TextArea, TextInput } from '../../ui/field.tsx';
import { draftFromAnswers, type InterviewAnswers, looks, tones } from './agent-interview.ts';

interface InterviewQuestionsProps {
  /** What the person has said already. */
  purpose: string;
  onDraft: (draft: AgentDraft) => void;
}

/** The questions that need no model. */
export function InterviewQuestions({ purpose, onDraft }: InterviewQuestionsProps) {
  const { t } = useTranslation();
  const [answers, setAnswers] = useState<InterviewAnswers>({ name: '', purpose, tone: 'plain', looks: [] });
  const change = (part: Partial<InterviewAnswers>) => setAnswers((before) => ({ ...before, ...part }));
  const isReady = answers.name.trim() !== '' && answers.purpose.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onDraft(draftFromAnswers(t, answers));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4" aria-label={t('agents.interview.questions')}>
      <Field label={t('agents.interview.name')}>
        <TextInput maxLength={60} value={answers.name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <Field label={t('agents.interview.purpose')}>
        <TextArea
          rows={3}
          maxLength={4000}
          value={answers.purpose}
          onChange={(event) => change({ purpose: event.target.value })}
        />
      </Field>
      <Choices
        legend={t('agents.interview.tone')}
        options={tones.map((tone) => ({ value: tone, label: t(`agents.interview.toneName.${tone}`) }))}
        value={answers.tone}
        onChange={(tone) => change({ tone })}
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium">{t('agents.interview.looks')}</legend>
        {looks.map((look) => (
          <CheckBox
            key={look}
            label={t(`agents.interview.look.${look}`)}
            isOn={answers.looks.includes(look)}
            onChange={(isOn) =>
              change({ looks: isOn ? [...answers.looks, look] : answers.looks.filter((other) => other !== look) })
            }
          />
        ))}
        <p className="text-ink-2 text-small">{t('agents.interview.looksHint')}</p>
      </fieldset>
      <div>
        <Button type="submit" variant="primary" disabled={!isReady}>
          {t('agents.interview.toForm')}
        </Button>
      </div>
    </form>
  );
}
