import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentView } from '../../../node-core/api/agent-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { AgentDialog, type EditedAgent } from './agent-dialog.tsx';
import { draftOfAgent, emptyDraft } from './agent-draft.ts';
import { AgentRow } from './agent-row.tsx';
import { useDeleteAgent } from './use-delete-agent.ts';

interface AgentsSectionProps {
  /** Starts a chat with that agent. */
  onChat: (agentId: string) => void;
}

/** Settings, Agents: the person's own and those that come with Nunba. */
export function AgentsSection({ onChat }: AgentsSectionProps) {
  const { t } = useTranslation();
  const agents = useWatched('agents.watch', {});
  const [edited, setEdited] = useState<EditedAgent | null>(null);
  const all = agents.value ?? [];
  const create = (
    <Button size="sm" icon={<Plus />} onClick={() => setEdited({ kind: 'new', draft: emptyDraft })}>
      {t('agents.create')}
    </Button>
  );
  const own = all.filter((agent) => agent.source === 'person');
  const shipped = all.filter((agent) => agent.source === 'shipped');
  if (!agents.value && !agents.failure) return <Spinner label={t('agents.loading')} />;
  return (
    <>
      <FailureNote failure={agents.failure} />
      <Section title={t('agents.own')} hint={t('agents.ownHint')} actions={own.length > 0 && create}>
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
      <AgentDialog edited={edited} onClose={() => setEdited(null)} />
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
  const deleting = useDeleteAgent();
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
            onMakeDefault={() => update.run({ defaultAgentId: agent.id })}
            onDelete={() => deleting.run(agent)}
          />
        ))}
      </ul>
      <FailureNote failure={update.failure} onDismiss={update.clear} className="my-2" />
      <FailureNote failure={deleting.failure} onDismiss={deleting.clear} className="my-2" />
    </>
  );
}
