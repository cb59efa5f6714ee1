import { MessagesSquare, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentReview, AgentView } from '../../../node-core/api/agent-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { useExportFile } from '../../use-export-file.ts';
import { useImportFile } from '../../use-import-file.ts';
import { useUndoableRemoval } from '../../use-undoable-removal.ts';
import { AgentDialog, type EditedAgent } from './agent-dialog.tsx';
import { draftOfAgent, emptyDraft } from './agent-draft.ts';
import { AgentRow } from './agent-row.tsx';
import { CommandsSwitch } from './commands-switch.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { InterviewDialog } from './interview-dialog.tsx';

interface AgentsSectionProps {
  /** Starts a chat with that agent. */
  onChat: (agentId: string) => void;
}

/** Settings, Agents: the person's own and those that come with Nunba. */
export function AgentsSection({ onChat }: AgentsSectionProps) {
  const { t } = useTranslation();
  const agents = useWatched('agents.watch', {});
  const [edited, setEdited] = useState<EditedAgent | null>(null);
  const [isInterviewing, setInterviewing] = useState(false);
  const [review, setReview] = useState<AgentReview | null>(null);
  const importing = useImportFile('agents.review', setReview);
  const all = agents.value ?? [];
  const create = (
    <div className="flex flex-wrap gap-2">
      <Button size="sm" icon={<Plus />} onClick={() => setEdited({ kind: 'new', draft: emptyDraft })}>
        {t('agents.create')}
      </Button>
      <Button size="sm" icon={<MessagesSquare />} onClick={() => setInterviewing(true)}>
        {t('agents.describe')}
      </Button>
      <FileButton size="sm" label={t('agents.fromFile')} accept=".json,application/json" onFile={importing.open} />
    </div>
  );
  const own = all.filter((agent) => agent.source === 'person');
  const shipped = all.filter((agent) => agent.source === 'shipped');
  if (!agents.value && !agents.failure) return <Spinner label={t('agents.loading')} />;
  return (
    <>
      <FailureNote failure={agents.failure} />
      <Section title={t('agents.own')} hint={t('agents.ownHint')} actions={own.length > 0 && create}>
        <FailureNote failure={importing.failure} onDismiss={importing.clear} className="mb-2" />
        <Card>
          {own.length === 0 ? (
            <EmptyState title={t('agents.noOwn')} action={create}>
              {t('agents.noOwnHint')}
            </EmptyState>
          ) : (
            <AgentList agents={own} onEdit={setEdited} onChat={onChat} />
          )}
        </Card>
      </Section>
      <Section title={t('agents.shipped')} hint={t('agents.shippedHint')}>
        <Card>
          <AgentList agents={shipped} onEdit={setEdited} onChat={onChat} />
        </Card>
      </Section>
      <CommandsSwitch />
      <AgentDialog edited={edited} onClose={() => setEdited(null)} />
      <InterviewDialog
        isOpen={isInterviewing}
        onClose={() => setInterviewing(false)}
        onDraft={(draft) => {
          setInterviewing(false);
          setEdited({ kind: 'new', draft });
        }}
      />
      <ImportDialog review={review} onClose={() => setReview(null)} />
    </>
  );
}

interface AgentListProps {
  agents: readonly AgentView[];
  onEdit: (edited: EditedAgent) => void;
  onChat: (agentId: string) => void;
}

function AgentList({ agents, onEdit, onChat }: AgentListProps) {
  const { t } = useTranslation();
  const update = useCall('settings.update');
  const remove = useUndoableRemoval('agent');
  const exportAgent = useExportFile('agents.export');
  return (
    <>
      <ul className="divide-y divide-line">
        {agents.map((agent) => (
          <AgentRow
            key={agent.id}
            agent={agent}
            onChat={() => onChat(agent.id)}
            onEdit={() => onEdit({ kind: 'own', id: agent.id, name: agent.name, draft: draftOfAgent(agent) })}
            onCopy={() =>
              onEdit({
                kind: 'new',
                draft: { ...draftOfAgent(agent), name: t('agents.copyName', { name: agent.name }).slice(0, 60) },
              })
            }
            onExport={() => void exportAgent(agent.id)}
            onMakeDefault={() => update.run({ defaultAgentId: agent.id })}
            onDelete={() => void remove(agent.id, t('agents.deleted', { name: agent.name }))}
          />
        ))}
      </ul>
      <FailureNote failure={update.failure} onDismiss={update.clear} className="my-2" />
    </>
  );
}
