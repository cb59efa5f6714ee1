import type { AttachmentView, ChecklistView, MessagePart } from '../api/conversation-views.ts';
import { describeFailure } from '../api/failure-sentences.ts';
import type { AnswerEnding } from '../protocol/ports/answers.ts';
import type { StoredAnswer, StoredMessage } from './stored-message.ts';

/** `2026-10-14 09:15 UTC`; an export is read elsewhere, so it does not know the reader's clock. */
export const markdownTime = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** One message with who wrote it, when, and what stands with it. */
export function markdownMessage(message: StoredMessage, agentName: (id: string) => string | null): string {
  const time = markdownTime(message.createdAt);
  if (message.role === 'user') {
    const attachments = message.attachments.length === 0 ? [] : [attachmentLine(message.attachments)];
    return blocks(`## You (${time})`, message.text.trim(), ...attachments);
  }
  const parts = message.parts.map(markdownPart);
  return blocks(
    `## ${agentName(message.agentId) ?? message.agentId} (${time})`,
    `*${writtenBy(message)}*`,
    ...parts,
    stateLine(message),
  );
}

/** The checklist as a list of tasks. */
export const markdownChecklist = ({ items }: ChecklistView): string =>
  blocks('## Checklist', items.map((item) => `- [${item.isDone ? 'x' : ' '}] ${oneLine(item.text)}`).join('\n'));

const blocks = (...texts: readonly string[]): string =>
  texts
    .filter((text) => text !== '')
    .map((text) => `${text}\n\n`)
    .join('');

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();

function attachmentLine(attachments: readonly AttachmentView[]): string {
  const names = attachments.map(({ name, mediaType, sizeBytes }) => `${name} (${mediaType}, ${size(sizeBytes)})`);
  return `Attached: ${names.join(', ')}`;
}

const size = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${(bytes / (1024 * 1024)).toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} kB`;

/** Which model answered, and where it ran. */
function writtenBy({ provenance }: StoredAnswer): string {
  if (provenance === null) return 'no model answered';
  if (provenance.kind === 'guide') return 'the Guide, which is not a language model';
  const { modelId, providerName, location } = provenance;
  const place = location.kind === 'this-computer' ? 'on this computer' : `at ${location.host}`;
  return `${modelId} by ${providerName}, ${place}`;
}

const endings: Readonly<Record<AnswerEnding, string>> = {
  complete: '',
  length: '*The model reached its limit here.*',
  full: '*The conversation filled here what the model can remember at once.*',
};

function stateLine({ state }: StoredAnswer): string {
  switch (state.kind) {
    case 'complete':
      return endings[state.reason];
    case 'failed':
      return `*The answer failed: ${describeFailure(state.failure)}*`;
    case 'stopped':
      return '*The answer was stopped here.*';
    case 'queued':
    case 'streaming':
    case 'interrupted':
      return '*The answer was interrupted here.*';
  }
}

function markdownPart(part: MessagePart): string {
  switch (part.kind) {
    case 'text':
      return part.text.trim();
    case 'reasoning':
      return part.text.trim() === '' ? '' : part.text.trim().replace(/^/gm, '> ');
    case 'tool':
      return `*Used the tool ${part.toolName}: ${toolOutcome(part.outcome)}*`;
    case 'citations':
      return blocks('Quoted:', part.citations.map(citationLine).join('\n')).trim();
  }
}

const toolOutcome = (outcome: Extract<MessagePart, { kind: 'tool' }>['outcome']): string => {
  if (outcome?.kind === 'done') return 'done';
  return outcome?.kind === 'failed' ? `failed (${oneLine(outcome.message)})` : 'stopped';
};

type Citation = Extract<MessagePart, { kind: 'citations' }>['citations'][number];

function citationLine({ quotation, source, isFound }: Citation): string {
  return `- “${oneLine(quotation)}”, ${sourceName(source)}${isFound ? '' : ' (not found there)'}`;
}

const sourceName = (source: Citation['source']): string => {
  if (source.kind === 'file' && source.page !== undefined) return `${source.name}, page ${source.page}`;
  if (source.kind === 'attachment' || source.kind === 'file') return `${source.name}, line ${source.line}`;
  return source.kind === 'message' ? `message ${source.messageId}, line ${source.line}` : source.label;
};
