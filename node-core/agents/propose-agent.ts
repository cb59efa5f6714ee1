import { z } from 'zod';
import { type AgentProposal, agentDraftSchema, toolNameSchema } from '../api/agent-views.ts';
import { doesMoreThanRead } from '../api/tool-groups.ts';
import { type AskMeans, askModel, objectIn } from './ask-model.ts';
import type { Models } from './models/create-models.ts';
import type { Prompt } from './models/language-model.ts';

/** Times a model may try to write what was asked for. */
const tries = 2;

const readingTools = toolNameSchema.options.filter((tool) => !doesMoreThanRead(tool));

/** What the model is asked for; whatever else it says is not taken. */
const proposalSchema = z.object({
  name: agentDraftSchema.shape.name,
  description: agentDraftSchema.shape.description,
  instructions: agentDraftSchema.shape.instructions,
  greeting: agentDraftSchema.shape.greeting,
  tools: z.array(z.string().max(100)).max(50),
});

const instructions = `You help a person to make an assistant. Answer with one JSON object and nothing else:
{"name": string of at most 60 characters,
 "description": one line of at most 300 characters,
 "instructions": what the assistant is told before every chat: who it is, what it does, how it answers, what it must not do; at most 4000 characters, written to the assistant as "you",
 "greeting": what stands in a new chat, at most 300 characters,
 "tools": the few of these names that it needs, or none: ${readingTools.join(', ')}}
Write in the language of the person's wish.`;

/**
 * Lets the chosen model draft an agent. A model that writes no such object is told so once; then the person is asked
 * instead. Tools that do more than read are never proposed. Throws a FailureError when no model answers.
 */
export async function proposeAgent(
  means: AskMeans & { readonly models: Pick<Models, 'choose' | 'report'> },
  wish: string,
  signal: AbortSignal,
): Promise<AgentProposal> {
  const chosen = await means.models.choose({ chat: null, caller: null, agent: null }, signal);
  const { modelId } = chosen.model;
  const prompt: Prompt = [
    { role: 'system', content: instructions },
    { role: 'user', content: [{ type: 'text', text: wish }] },
  ];
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const answer = await askModel(means, chosen, prompt, signal);
    const parsed = proposalSchema.safeParse(objectIn(answer));
    if (parsed.success) return { kind: 'draft', modelId, draft: draftOf(parsed.data) };
    prompt.push(
      { role: 'assistant', content: [{ type: 'text', text: answer.slice(0, 4000) || '-' }] },
      {
        role: 'user',
        content: [{ type: 'text', text: 'That is not the JSON object. Write it now, and nothing else.' }],
      },
    );
  }
  return { kind: 'questions', modelId };
}

const draftOf = ({ tools, ...words }: z.output<typeof proposalSchema>) => ({
  ...words,
  model: null,
  tools: readingTools.filter((tool) => tools.includes(tool)),
  servers: [],
  knowledge: [],
});
