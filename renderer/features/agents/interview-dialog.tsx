import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentDraft } from '../../../node-core/api/agent-views.ts';
import { useClient } from '../../rpc/client-provider.tsx';
import { useCall } from '../../rpc/use-call.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { InterviewQuestions } from './interview-questions.tsx';

interface InterviewDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** The draft is to be looked at in the form; nothing is saved yet. */
  onDraft: (draft: AgentDraft) => void;
}

/** A short conversation that ends in the form of an agent: with the chosen model, or with a few fixed questions. */
export function InterviewDialog({ isOpen, onClose, onDraft }: InterviewDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={isOpen}
      isForm
      onOpenChange={(open) => !open && onClose()}
      title={t('agents.interview.title')}
      description={t('agents.interview.hint')}
    >
      {isOpen && <Interview onDraft={onDraft} />}
    </Dialog>
  );
}

type Step = { readonly kind: 'wish' } | { readonly kind: 'questions'; readonly unused: string | null };

function Interview({ onDraft }: { onDraft: (draft: AgentDraft) => void }) {
  const { t } = useTranslation();
  const models = useWatched('models.watch', {});
  const { propose, cancel } = useProposal();
  const [wish, setWish] = useState('');
  const [step, setStep] = useState<Step>({ kind: 'wish' });
  const model = models.value?.chosen?.model.name ?? null;
  if (step.kind === 'questions') {
    const unused = models.value?.models.find(({ modelId }) => modelId === step.unused)?.name ?? step.unused;
    return (
      <div className="flex flex-col gap-4">
        {unused !== null && <Banner tone="warn">{t('agents.interview.modelFailed', { model: unused })}</Banner>}
        <InterviewQuestions purpose={wish} onDraft={onDraft} />
      </div>
    );
  }
  const draft = async (event: FormEvent) => {
    event.preventDefault();
    if (model === null) return setStep({ kind: 'questions', unused: null });
    if (wish.trim() === '') return;
    const outcome = await propose.run(wish);
    if (!outcome.isOk) return;
    if (outcome.value.kind === 'draft') onDraft(outcome.value.draft);
    if (outcome.value.kind === 'questions') setStep({ kind: 'questions', unused: outcome.value.modelId });
  };
  return (
    <form onSubmit={draft} className="flex flex-col gap-4" aria-label={t('agents.interview.title')}>
      <Field label={t('agents.interview.wish')} hint={t('agents.interview.wishHint')}>
        <TextArea rows={4} maxLength={4000} value={wish} onChange={(event) => setWish(event.target.value)} />
      </Field>
      {model !== null && <p className="text-ink-2 text-small">{t('agents.interview.goesTo', { model })}</p>}
      <FailureNote failure={propose.failure} />
      <div className="flex flex-wrap gap-2.5">
        {model !== null && (
          <Button type="submit" variant="primary" isBusy={propose.isRunning} disabled={wish.trim() === ''}>
            {t('agents.interview.byModel', { model })}
          </Button>
        )}
        {propose.isRunning ? (
          <Button onClick={cancel}>{t('agents.interview.cancel')}</Button>
        ) : (
          <Button
            variant={model === null ? 'primary' : 'secondary'}
            onClick={() => setStep({ kind: 'questions', unused: null })}
          >
            {t('agents.interview.byQuestions')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** The drafting by a model, which ends with the dialog. */
function useProposal() {
  const client = useClient();
  const { run, isRunning, failure } = useCall('agents.propose');
  const id = useRef<string | null>(null);
  const cancel = useCallback(() => {
    // One that cannot be told ends by its own time.
    if (id.current !== null) client.call('agents.cancelProposal', { id: id.current }).catch(() => undefined);
    id.current = null;
  }, [client]);
  useEffect(() => cancel, [cancel]);
  const start = async (wish: string) => {
    const own = crypto.randomUUID();
    id.current = own;
    const outcome = await run({ id: own, wish });
    if (id.current === own) id.current = null;
    return outcome;
  };
  return { propose: { run: start, isRunning, failure }, cancel };
}
