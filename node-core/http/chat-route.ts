import type { FastifyInstance } from 'fastify';
import type { AnswerRequest } from '../protocol/ports/answers.ts';
import { abortOnClose } from './abort-on-close.ts';
import { chatGuard } from './access.ts';
import type { AnswerSlots } from './answer-slots.ts';
import { type ChatBody, chatBodySchema } from './chat-body.ts';
import type { HttpNode } from './http-node.ts';
import { parseBody } from './parse-body.ts';
import { collectAnswer, runAnswer } from './run-answer.ts';

const noParameters = { temperature: null, topP: null, maxOutputTokens: null };

/**
 * `POST /chat`: one prompt, one answer, in HART OS's fields. Nothing is kept: each call stands for itself. Token counts
 * are `null` where the model's server does not count.
 */
export function addChatRoute(app: FastifyInstance, node: HttpNode, slots: AnswerSlots): void {
  app.post('/chat', { onRequest: chatGuard(node) }, async (request, reply) => {
    const body = parseBody(chatBodySchema, request.body);
    const giveBack = slots.take();
    try {
      const signal = abortOnClose(reply);
      const answer = await collectAnswer(runAnswer(node.answerer, await toRequest(node, body), signal));
      return {
        response: answer.text,
        prompt_id: body.prompt_id ?? null,
        req_token_count: answer.tokens.input,
        res_token_count: answer.tokens.output,
      };
    } finally {
      giveBack();
    }
  });
}

async function toRequest(node: HttpNode, body: ChatBody): Promise<AnswerRequest> {
  const named = node.agents().find(({ id }) => id === body.prompt_id);
  return {
    messageId: null,
    conversationId: node.ids(),
    agentId: named?.id ?? (await node.defaultAgentId()),
    model: null,
    modelChosenBy: 'caller',
    parameters: noParameters,
    history: [{ role: 'user', text: body.prompt, attachments: [] }],
    isContinuation: false,
  };
}
