import type { AnswerRequest, PromptMessage, PromptPart, ToolOutcome } from '../../protocol/ports/answers.ts';
import type { Prompt } from '../models/language-model.ts';
import { continuationPrompt } from './continuation.ts';
import { type AttachmentMeans, promptAttachments } from './prompt-attachments.ts';

type Message = Prompt[number];
type UserMessage = Extract<Message, { role: 'user' }>;
type ToolPart = Extract<PromptPart, { kind: 'tool' }>;

/** Who the model is to be. */
export interface PromptFrame {
  readonly instructions: string;
  /** ms since the epoch */
  readonly now: number;
  /** Earlier uses of tools are told; without tools to go with them, many programs refuse them. */
  readonly hasTools: boolean;
  /** What the tools want the model to know. */
  readonly guidance: readonly string[];
  /** Marks what comes from outside. */
  readonly outside: OutsideMarks;
}

/** Marks a result of a tool, if it comes from outside. */
export type MarkResult = (toolName: string, text: string) => string;

/** How texts from outside are told apart from what the person and Nunba say, in one answer. */
export interface OutsideMarks {
  readonly mark: MarkResult;
  /** What the system text says about the marks. */
  readonly rule: string;
}

/** Everything that a model is told, in the AI SDK's form. Throws `model-cannot-see`. */
export async function toPrompt(
  request: Pick<AnswerRequest, 'history' | 'isContinuation'>,
  frame: PromptFrame,
  means: AttachmentMeans,
): Promise<Prompt> {
  const prompt: Message[] = [{ role: 'system', content: systemText(frame) }];
  let toolNumber = 0;
  for (const message of request.history) {
    const next =
      message.role === 'user'
        ? [await userMessage(message, means)]
        : assistantMessages(message.parts, frame, () => callId(++toolNumber));
    for (const each of next) append(prompt, each);
  }
  const partial = request.isContinuation ? partialText(request.history) : '';
  if (partial !== '') append(prompt, userText(continuationPrompt(partial)));
  return prompt;
}

/** Text of the partial answer at the end of a history; empty if there is none or it ended with a tool. */
export function partialText(history: readonly PromptMessage[]): string {
  const last = history.at(-1);
  if (last?.role !== 'assistant' || last.parts.at(-1)?.kind !== 'text') return '';
  return last.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const twoDigits = (number: number): string => String(number).padStart(2, '0');

const systemText = ({ instructions, now, hasTools, guidance, outside }: PromptFrame): string => {
  const date = new Date(now);
  const day = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
  const tools = hasTools
    ? `\n\n${outside.rule}`
    : '\n\nYou have no tools in this conversation; do not write calls of tools.';
  const told = hasTools ? guidance.map((text) => `\n\n${text}`).join('') : '';
  return `${instructions}${told}\n\nToday is ${weekdays[date.getDay()]}, ${day}.${tools}`.trimStart();
};

/** The one form of a call's id that all services take: nine letters and digits. */
const callId = (number: number): string => `call${String(number).padStart(5, '0')}`;

const userText = (text: string): UserMessage => ({ role: 'user', content: [{ type: 'text', text }] });

const userMessage = async (
  { text, attachments }: Extract<PromptMessage, { role: 'user' }>,
  means: AttachmentMeans,
): Promise<UserMessage> => ({
  role: 'user',
  content: [...(await promptAttachments(attachments, means)), { type: 'text', text: text === '' ? ' ' : text }],
});

/** Two messages of the person in a row become one: the templates of many local models insist on taking turns. */
const append = (prompt: Message[], message: Message): void => {
  const last = prompt.at(-1);
  if (last?.role === 'user' && message.role === 'user') {
    prompt[prompt.length - 1] = {
      role: 'user',
      content: [...last.content, { type: 'text', text: '\n\n' }, ...message.content],
    };
  } else {
    prompt.push(message);
  }
};

/** An answer with tools: what was said and called, the results, what was said then, and so on. */
function assistantMessages(
  parts: readonly PromptPart[],
  { hasTools, outside }: PromptFrame,
  nextId: () => string,
): readonly Message[] {
  if (!hasTools) {
    const said = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    return said === '' ? [] : [{ role: 'assistant', content: [{ type: 'text', text: said }] }];
  }
  return roundsOf(parts).flatMap(({ text, tools }): readonly Message[] => {
    const calls = tools.map((tool) => ({ ...tool, id: nextId() }));
    const said = text === '' ? [] : [{ type: 'text' as const, text }];
    const called = calls.map((call) => ({
      type: 'tool-call' as const,
      toolCallId: call.id,
      toolName: call.toolName,
      input: call.arguments,
    }));
    const results = calls.map((call) => toolResult(call.id, call.toolName, call.outcome, outside.mark));
    const message: Message = { role: 'assistant', content: [...said, ...called] };
    return results.length === 0 ? [message] : [message, { role: 'tool', content: results }];
  });
}

interface Round {
  text: string;
  readonly tools: ToolPart[];
}

const roundsOf = (parts: readonly PromptPart[]): readonly Round[] => {
  const rounds: Round[] = [];
  for (const part of parts) {
    let round = rounds.at(-1);
    if (!round || (part.kind === 'text' && round.tools.length > 0)) {
      round = { text: '', tools: [] };
      rounds.push(round);
    }
    if (part.kind === 'text') round.text += part.text;
    else round.tools.push(part);
  }
  return rounds;
};

type ToolContent = Extract<Message, { role: 'tool' }>['content'][number];

/** What came of a call, as the model is told. */
export function toolResult(toolCallId: string, toolName: string, outcome: ToolOutcome, mark: MarkResult): ToolContent {
  const output =
    outcome.kind === 'done'
      ? { type: 'text' as const, value: mark(toolName, JSON.stringify(outcome.value)) }
      : {
          type: 'error-text' as const,
          value:
            outcome.kind === 'failed' ? mark(toolName, outcome.message) : 'The person stopped it before it was done.',
        };
  return { type: 'tool-result', toolCallId, toolName, output };
}
