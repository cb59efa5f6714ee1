import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentReview } from '../../../node-core/api/agent-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { classes } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormFoot } from '../../ui/form-frame.tsx';
import { useToasts } from '../../ui/toast.tsx';
import type { ToolName } from './agent-draft.ts';

interface ImportDialogProps {
  review: AgentReview | null;
  onClose: () => void;
}

/** Shows an agent from a file in full before it is added. What does more than read is the person's to give. */
export function ImportDialog({ review, onClose }: ImportDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={review !== null}
      isForm
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('agents.import.title', { name: review?.draft.name ?? '' })}
      description={t('agents.import.hint')}
    >
      {review !== null && <Review review={review} onClose={onClose} />}
    </Dialog>
  );
}

function Review({ review, onClose }: { review: AgentReview; onClose: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const create = useCall('agents.create');
  const [tools, setTools] = useState<readonly ToolName[]>(review.draft.tools);
  const [servers, setServers] = useState<readonly string[]>([]);
  const { draft, asked, askedServers } = review;
  const add = async () => {
    const outcome = await create.run({ ...draft, tools: [...tools], servers: [...servers] });
    if (!outcome.isOk) return;
    toasts.show({ text: t('agents.created', { name: outcome.value.name }) });
    onClose();
  };
  const choose = (tool: ToolName, isOn: boolean) =>
    setTools((before) => (isOn ? [...before, tool] : before.filter((other) => other !== tool)));
  return (
    <div className="flex flex-col gap-4">
      {asked.length > 0 && (
        <ToolChoices legend={t('agents.import.asked')} tools={asked} chosen={tools} onChoose={choose} />
      )}
      {askedServers.length > 0 && <ServerChoices servers={askedServers} chosen={servers} onChange={setServers} />}
      <Words label={t('agents.name')} text={draft.name} />
      {draft.description !== '' && <Words label={t('agents.description')} text={draft.description} />}
      <Words label={t('agents.instructions')} text={draft.instructions} isLong />
      {draft.greeting !== '' && <Words label={t('agents.greeting')} text={draft.greeting} />}
      {draft.model !== null && <Words label={t('agents.model')} text={draft.model} />}
      {draft.tools.length > 0 && (
        <ToolChoices legend={t('agents.import.reads')} tools={draft.tools} chosen={tools} onChoose={choose} />
      )}
      <LeftOut left={review.left} />
      <FormFoot failure={create.failure}>
        <Button variant="primary" isBusy={create.isRunning} onClick={add}>
          {t('agents.import.add')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </FormFoot>
    </div>
  );
}

interface ToolChoicesProps {
  legend: string;
  tools: readonly ToolName[];
  chosen: readonly ToolName[];
  onChoose: (tool: ToolName, isOn: boolean) => void;
}

function ToolChoices({ legend, tools, chosen, onChoose }: ToolChoicesProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">{legend}</legend>
      {tools.map((tool) => (
        <CheckBox
          key={tool}
          label={t(`agents.tool.${tool}.name`)}
          hint={t(`agents.tool.${tool}.hint`)}
          isOn={chosen.includes(tool)}
          onChange={(isOn) => onChoose(tool, isOn)}
        />
      ))}
    </fieldset>
  );
}

interface ServerChoicesProps {
  servers: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

function ServerChoices({ servers, chosen, onChange }: ServerChoicesProps) {
  const { t } = useTranslation();
  const here = useWatched('toolServers.watch', {}).value ?? [];
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">{t('agents.import.askedServers')}</legend>
      {servers.map((id) => (
        <CheckBox
          key={id}
          label={here.find((server) => server.id === id)?.name ?? id}
          isOn={chosen.includes(id)}
          onChange={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((other) => other !== id))}
        />
      ))}
    </fieldset>
  );
}

function Words({ label, text, isLong = false }: { label: string; text: string; isLong?: boolean }) {
  return (
    <div>
      <p className="font-medium">{label}</p>
      <p
        tabIndex={isLong ? 0 : undefined}
        className={classes(
          'whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]',
          isLong && 'mt-1 max-h-64 overflow-y-auto rounded-control border border-line bg-sunken px-3 py-2',
        )}
      >
        {text}
      </p>
    </div>
  );
}

function LeftOut({ left }: { left: AgentReview['left'] }) {
  const { t } = useTranslation();
  const lines = [
    left.tools.length > 0 && t('agents.import.leftTools', { tools: left.tools.join(', ') }),
    left.servers > 0 && t('agents.import.leftServers', { count: left.servers }),
    left.knowledge > 0 && t('agents.import.leftKnowledge', { count: left.knowledge }),
    left.model !== null && t('agents.import.leftModel', { model: left.model }),
  ].filter((line) => line !== false);
  if (lines.length === 0) return null;
  return <Banner>{lines.join(' ')}</Banner>;
}
