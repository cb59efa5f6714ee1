import type { FastifyInstance, FastifyReply } from 'fastify';
import { abortOnClose } from './abort-on-close.ts';
import type { AnswerSlots } from './answer-slots.ts';
import { type CompletionHead, chunksOf, completionOf, openingChunk } from './completion-answer.ts';
import { findNamedModel, toAnswerRequest } from './completion-request.ts';
import type { CompletionsBody } from './completions-body.ts';
import { toErrorAnswer, toOpenAiError } from './error-answer.ts';
import { openEventStream } from './event-stream.ts';
import type { HttpNode } from './http-node.ts';
import { HttpRefusal } from './http-refusal.ts';
import { type AnswerPiece, collectAnswer, runAnswer } from './run-answer.ts';

/** `POST /v1/chat/completions` of OpenAI's API, whole or streamed. Nothing of it is kept. */
export function addCompletionsRoute(app: FastifyInstance, node: HttpNode, slots: AnswerSlots): void {
  app.post('/chat/completions', async (request, reply) => {
    const { parseCompletionsBody } = await import('./completions-body.ts');
    const body = parseCompletionsBody(request.body);
    const giveBack = slots.take();
    try {
      const signal = abortOnClose(reply);
      const pieces = runAnswer(node.answerer, await requestOf(node, body), signal);
      const head = { id: `chatcmpl-${node.ids()}`, created: Math.floor(node.clock.now() / 1000), model: body.model };
      if (!body.stream) return completionOf(head, await collectAnswer(pieces));
      await stream({ node, reply, signal, head, includeUsage: body.stream_options?.include_usage ?? false }, pieces);
      return reply;
    } finally {
      giveBack();
    }
  });
}

async function requestOf(node: HttpNode, body: CompletionsBody): Promise<Parameters<typeof runAnswer>[1]> {
  const named = findNamedModel(body.model, node.agents(), node.models());
  if (named === null) {
    throw new HttpRefusal(404, `The model '${body.model}' does not exist or you do not have access to it.`, {
      param: 'model',
      code: 'model_not_found',
    });
  }
  return toAnswerRequest(body, named, { conversationId: node.ids(), agentId: await node.defaultAgentId() });
}

interface StreamContext {
  readonly node: HttpNode;
  readonly reply: FastifyReply;
  readonly signal: AbortSignal;
  readonly head: CompletionHead;
  readonly includeUsage: boolean;
}

/** What goes wrong before the first piece is an ordinary HTTP error; afterwards it is an error in the stream. */
async function stream(context: StreamContext, pieces: AsyncGenerator<AnswerPiece>): Promise<void> {
  const { node, reply, signal, head, includeUsage } = context;
  let next = await pieces.next();
  const events = openEventStream(reply, signal);
  try {
    await events.send(openingChunk(head));
    while (!next.done) {
      for (const chunk of chunksOf(head, next.value, includeUsage)) await events.send(chunk);
      next = await pieces.next();
    }
  } catch (error) {
    if (!signal.aborted) await events.send(toOpenAiError(toErrorAnswer(error, node.reportBug, 'completions')));
  } finally {
    await pieces.return(undefined);
    events.done();
  }
}
