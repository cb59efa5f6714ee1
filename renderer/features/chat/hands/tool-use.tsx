import { useTranslation } from 'react-i18next';
import { FocusHome } from '../../../ui/focus-home.tsx';
import { useThreadSurroundings } from '../thread/thread-context.tsx';
import { ApprovalCard } from './approval-card.tsx';
import { isWaiting } from './is-waiting.ts';
import type { Tool } from './tool.ts';
import { ToolPart } from './tool-part.tsx';

interface ToolUseProps {
  readonly part: Tool;
  readonly agentId: string;
  /** The answer that it belongs to is queued or streaming. */
  readonly isTurnRunning: boolean;
}

/**
 * One use of a tool: a question while it waits for the person, an account of it before and after. Whoever answers by
 * keyboard stays here when the buttons go.
 */
export function ToolUse(props: ToolUseProps) {
  return (
    <FocusHome>
      <QuestionOrAccount {...props} />
    </FocusHome>
  );
}

function QuestionOrAccount({ part, agentId, isTurnRunning }: ToolUseProps) {
  const { t } = useTranslation();
  const { agents } = useThreadSurroundings();
  const { deed, approval, callId, toolName } = part;
  if (deed === null || approval.kind !== 'asked' || !isWaiting(part, isTurnRunning)) {
    return <ToolPart part={part} isTurnRunning={isTurnRunning} />;
  }
  const agent = agents.get(agentId)?.name ?? t('chat.removedAgent');
  return <ApprovalCard callId={callId} toolName={toolName} deed={deed} askedAt={approval.at} agent={agent} />;
}
