import type { AssistantMessageView, MessagePart } from '../../../../node-core/api/conversation-views.ts';
import { isWaiting } from '../hands/is-waiting.ts';
import { ToolUse } from '../hands/tool-use.tsx';
import { Markdown } from '../markdown/markdown.tsx';
import { CitationList } from './citation-list.tsx';
import { ReasoningPart } from './reasoning-part.tsx';
import { WritingDots } from './writing-dots.tsx';

interface MessagePartsProps {
  readonly message: AssistantMessageView;
  readonly isWriting: boolean;
}

/** What an answer is made of, in the order in which it came. */
export function MessageParts({ message, isWriting }: MessagePartsProps) {
  const { parts } = message;
  const last = parts.at(-1);
  // While the person is asked, it is they who are waited for.
  const isSilent = isWriting && (last === undefined || last.kind === 'tool') && !isWaiting(last, isWriting);
  return (
    <div className="flex flex-col gap-2.5">
      {parts.map((part, place) => (
        <OnePart
          // Parts are only ever appended, so their place is their identity.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={place}
          part={part}
          agentId={message.agentId}
          isTurnRunning={isWriting}
          isWriting={isWriting && place === parts.length - 1}
        />
      ))}
      {isSilent && <WritingDots isQueued={message.state.kind === 'queued'} />}
    </div>
  );
}

interface OnePartProps {
  readonly part: MessagePart;
  readonly agentId: string;
  readonly isTurnRunning: boolean;
  /** It is the one that still grows. */
  readonly isWriting: boolean;
}

function OnePart({ part, agentId, isTurnRunning, isWriting }: OnePartProps) {
  switch (part.kind) {
    case 'text':
      return part.text === '' ? null : <Markdown text={part.text} isWriting={isWriting} />;
    case 'reasoning':
      return <ReasoningPart text={part.text} isWriting={isWriting} />;
    case 'tool':
      return <ToolUse part={part} agentId={agentId} isTurnRunning={isTurnRunning} />;
    case 'citations':
      return <CitationList citations={part.citations} />;
  }
}
