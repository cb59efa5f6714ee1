import type { TFunction } from 'i18next';
import type { AgentDraft } from '../../../node-core/api/agent-views.ts';
import type { ToolName } from './agent-draft.ts';

/** How an agent is to sound. */
export const tones = ['plain', 'friendly', 'brief', 'thorough'] as const;
export type Tone = (typeof tones)[number];

/** What an agent may look into, as it is asked for in the interview: reading only. */
export const looks = ['chats', 'attachments', 'folders', 'sums'] as const;
export type Look = (typeof looks)[number];

/** What the person said. */
export interface InterviewAnswers {
  readonly name: string;
  readonly purpose: string;
  readonly tone: Tone;
  readonly looks: readonly Look[];
}

const toolsOfLook: Readonly<Record<Look, readonly ToolName[]>> = {
  chats: ['search_chats'],
  attachments: ['read_attachment'],
  folders: ['list_files', 'read_file', 'search_files'],
  sums: ['calculate', 'date'],
};

/** An agent made of the answers, without a model. Nothing in it does more than read. */
export function draftFromAnswers(t: TFunction, { name, purpose, tone, looks: chosen }: InterviewAnswers): AgentDraft {
  const said = purpose.trim();
  const lines = [
    t('agents.interview.youAre', { name: name.trim() }),
    said,
    t(`agents.interview.toneRule.${tone}`),
    t('agents.interview.honesty'),
  ];
  return {
    name: name.trim(),
    description: firstSentence(said),
    instructions: lines.join('\n\n'),
    greeting: '',
    model: null,
    tools: looks.filter((look) => chosen.includes(look)).flatMap((look) => toolsOfLook[look]),
    servers: [],
    knowledge: [],
  };
}

const longestDescription = 300;

/** The first sentence, or as many whole words of it as a description takes. */
function firstSentence(text: string): string {
  const sentence = (/^[^\n]*?[.!?。](?=\s|$)/.exec(text)?.[0] ?? text.split('\n')[0] ?? '').trim();
  if (sentence.length <= longestDescription) return sentence;
  const cut = sentence.slice(0, longestDescription - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1))}…`;
}
