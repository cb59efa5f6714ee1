import { FailureError } from '../../api/failures.ts';
import type { PromptAttachment } from '../../protocol/ports/answers.ts';
import type { AttachmentContent, ChatReader } from '../../protocol/ports/chat-reader.ts';
import type { Prompt } from '../models/language-model.ts';
import { linesOf, numberedLines } from '../tools/numbered-lines.ts';

type UserContent = Extract<Prompt[number], { role: 'user' }>['content'][number];

/** Longest text file that stands in the prompt itself, in characters: with a tool to read it, and without one. */
const inlineChars = { withTool: 20_000, withoutTool: 120_000 } as const;

/** How attachments are told to a model. */
export interface AttachmentMeans {
  readonly reader: ChatReader;
  readonly conversationId: string;
  readonly modelId: string;
  readonly canSee: boolean;
  /** The model can read files with a tool. */
  readonly hasReadTool: boolean;
}

/**
 * What the model is told of a message's attachments: pictures as they are, short texts with numbered lines, long texts by
 * their id where a tool can read them, else cut. Throws `model-cannot-see` for a picture and a model that is not known
 * to see.
 */
export async function promptAttachments(
  attachments: readonly PromptAttachment[],
  means: AttachmentMeans,
): Promise<readonly UserContent[]> {
  return Promise.all(attachments.map((attachment) => promptAttachment(attachment, means)));
}

async function promptAttachment(attachment: PromptAttachment, means: AttachmentMeans): Promise<UserContent> {
  if (attachment.kind === 'image' && !means.canSee) {
    throw new FailureError({ kind: 'model-cannot-see', model: means.modelId.slice(0, 300) });
  }
  const content = await means.reader.readAttachment(means.conversationId, attachment.id);
  if (!content) return text(`[The attached file ${attachment.name} is not here any more.]`);
  if (attachment.kind === 'image') return { type: 'file', mediaType: content.mediaType, data: content.bytes };
  return text(describeText(attachment.id, content, means.hasReadTool));
}

const text = (words: string): UserContent => ({ type: 'text', text: `${words}\n\n` });

function describeText(id: string, content: AttachmentContent, hasReadTool: boolean): string {
  const lines = linesOf(new TextDecoder().decode(content.bytes));
  const title = `Attached file ${content.name} (attachment ${id}, ${lines.length} lines)`;
  const all = numberedLines(lines, 1, lines.length);
  const limit = hasReadTool ? inlineChars.withTool : inlineChars.withoutTool;
  if (all.length <= limit) return `[${title}:\n${all}\n]`;
  if (hasReadTool) return `[${title}. It is too long to stand here; read it with read_attachment.]`;
  const shown = all.slice(0, limit);
  return `[${title}, only its beginning:\n${shown}\n… the rest is cut]`;
}
