import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AgentView } from '../../../../node-core/api/agent-views.ts';
import { ChipButton } from '../../../ui/chip.tsx';
import { DropdownMenu, MenuChoice, MenuChoices } from '../../../ui/menu.tsx';

interface AgentPickerProps {
  readonly agents: readonly AgentView[];
  readonly agent: AgentView | null;
  readonly onChoose: (agentId: string) => void;
}

/** Who answers the next message. */
export function AgentPicker({ agents, agent, onChoose }: AgentPickerProps) {
  const { t } = useTranslation();
  const name = agent?.name ?? t('chat.removedAgent');
  return (
    <DropdownMenu
      side="top"
      trigger={
        <ChipButton aria-label={t('chat.agentIs', { agent: name })}>
          <span className="inline-flex max-w-48 items-center gap-1">
            <span className="truncate">{name}</span>
            <ChevronDown aria-hidden="true" className="size-3!" />
          </span>
        </ChipButton>
      }
    >
      <MenuChoices value={agent?.id ?? ''} onChange={onChoose} label={t('chat.chooseAgent')}>
        {agents.map(({ id, name: agentName, description }) => (
          <MenuChoice key={id} value={id} detail={description}>
            {agentName}
          </MenuChoice>
        ))}
      </MenuChoices>
    </DropdownMenu>
  );
}
