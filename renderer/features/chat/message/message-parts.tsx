import type { AssistantMessageView, MessagePart } from '../../../../node-core/api/conversation-views.ts';
import { ToolPart } from '../hands/tool-part.tsx';
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
  const isSilent = isWriting && (parts.length === 0 || parts.at(-1)?.kind === 'tool');
  return (
    <div className="flex flex-col gap-2.5">
      {parts.map((part, place) => (
        // Parts are only ever appended, so their place is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <OnePart key={place} part={part} isWriting={isWriting && place === parts.length - 1} />
      ))}
      {isSilent && <WritingDots isQueued={message.state.kind === 'queued'} />}
    </div>
  );
}

function OnePart({ part, isWriting }: { readonly part: MessagePart; readonly isWriting: boolean }) {
  switch (part.kind) {
    case 'text':
      return part.text === '' ? null : <Markdown text={part.text} isWriting={isWriting} />;
    case 'reasoning':
      return <ReasoningPart text={part.text} isWriting={isWriting} />;
    case 'tool':
      return <ToolPart part={part} />;
    case 'citations':
      return <CitationList citations={part.citations} />;
  }
}
