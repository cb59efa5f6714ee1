import type { Breaker } from '../../protocol/ports/breaker.ts';
import type { ChatReader } from '../../protocol/ports/chat-reader.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { DeedGate } from '../hands/create-hands.ts';
import { performTool } from '../loop/perform-tool.ts';
import { type ToolSource, toolsOf } from '../tools/toolbox.ts';
import type { RecipeAnswerMeans } from './recipe-answers.ts';

/** What the tools of a recipe are used with: the very same as those of an answer by a model. */
export interface RecipeToolMeans {
  readonly sources: readonly ToolSource[];
  readonly reader: () => ChatReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly gate: DeedGate;
  readonly breaker: Pick<Breaker, 'pass'>;
}

/** The agent's tools in the conversation, and how one of them is used: with the permissions that the agent has there. */
export function createRecipeTools(means: RecipeToolMeans): Pick<RecipeAnswerMeans, 'toolsFor' | 'use'> {
  const { sources, reader, clock, log, gate, breaker } = means;
  return {
    toolsFor: ({ id: agentId, tools, servers, knowledge }, { conversationId }) =>
      toolsOf(sources, { agentId, conversationId, tools, servers, knowledge }),
    use: (tools, { id: agentId }, { conversationId, messageId }) => {
      const context = { agentId, conversationId, reader: reader() };
      const pass = (): void => breaker.pass();
      // A run has no time limit as a whole: its steps are counted, and each has one of its own.
      const untimed = <T>(wait: () => Promise<T>): Promise<T> => wait();
      return (call, signal) =>
        performTool(call, { tools, context, messageId, gate, clock, log, pass, untimed }, signal);
    },
  };
}
