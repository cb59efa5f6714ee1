import { CopyPlus, Download, MessageSquare, Pencil, Star, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AgentView } from '../../../node-core/api/agent-views.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Chip } from '../../ui/chip.tsx';
import { MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';

interface AgentRowProps {
  agent: AgentView;
  onChat: () => void;
  onEdit: () => void;
  /** Starts a new agent from this one. */
  onCopy: () => void;
  onExport: () => void;
  onMakeDefault: () => void;
  onDelete: () => void;
}

/** One agent: who it is, and what can be done with it. */
export function AgentRow({ agent, ...actions }: AgentRowProps) {
  const { t } = useTranslation();
  const tools = agent.tools.map((tool) => t(`agents.tool.${tool}.name`)).join(' · ');
  return (
    <li className="flex items-start gap-3 py-3 first:pt-1 last:pb-1">
      <Avatar name={agent.name} size="md" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-semibold [overflow-wrap:anywhere]">{agent.name}</span>
          {agent.isDefault && <Chip tone="accent">{t('agents.isDefault')}</Chip>}
          {agent.engine === 'guide' && <Chip>{t('agents.isGuide')}</Chip>}
        </div>
        <p className="text-ink-2 text-small [overflow-wrap:anywhere]">{agent.description}</p>
        {tools !== '' && <p className="text-ink-3 text-tiny">{t('agents.uses', { tools })}</p>}
      </div>
      <AgentMenu agent={agent} {...actions} />
    </li>
  );
}

function AgentMenu({ agent, onChat, onEdit, onCopy, onExport, onMakeDefault, onDelete }: AgentRowProps) {
  const { t } = useTranslation();
  const isOwn = agent.source === 'person';
  return (
    <MoreMenu label={t('agents.more', { name: agent.name })}>
      <MenuItem icon={<MessageSquare />} onSelect={onChat}>
        {t('agents.chat')}
      </MenuItem>
      {!agent.isDefault && (
        <MenuItem icon={<Star />} onSelect={onMakeDefault}>
          {t('agents.makeDefault')}
        </MenuItem>
      )}
      {isOwn && (
        <MenuItem icon={<Pencil />} onSelect={onEdit}>
          {t('agents.edit')}
        </MenuItem>
      )}
      {agent.engine === 'model' && (
        <MenuItem icon={<CopyPlus />} onSelect={onCopy}>
          {t('agents.copy')}
        </MenuItem>
      )}
      {agent.engine === 'model' && (
        <MenuItem icon={<Download />} onSelect={onExport}>
          {t('agents.export')}
        </MenuItem>
      )}
      {isOwn && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} isDanger onSelect={onDelete}>
            {t('agents.delete')}
          </MenuItem>
        </>
      )}
    </MoreMenu>
  );
}
