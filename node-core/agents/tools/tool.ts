import { z } from 'zod';
import type { JsonValue } from '../../protocol/ports/answers.ts';
import type { ChatReader } from '../../protocol/ports/chat-reader.ts';
import type { CitationSource } from '../citations.ts';

/** What a tool may use while it runs. */
export interface ToolContext {
  readonly conversationId: string;
  readonly reader: ChatReader;
  /** Aborted when the answer is stopped or the tool takes too long. */
  readonly signal: AbortSignal;
}

/** What came of one use of a tool. */
export interface ToolResult {
  readonly value: JsonValue;
  /** Texts that the model has now seen and may quote. */
  readonly sources: readonly CitationSource[];
}

/** Something a model can do by calling it. Read-only, every one of them. */
export interface Tool {
  readonly name: string;
  /** For the model. */
  readonly description: string;
  /** JSON Schema of the arguments (draft 7), for the model. */
  readonly inputSchema: ToolInputSchema;
  /** Checks the arguments and runs. Throws a ToolRefusal for what the model can put right. */
  run(input: unknown, context: ToolContext): Promise<ToolResult>;
}

/** The part of JSON Schema that objects of arguments need. */
interface ToolInputSchema {
  readonly type: 'object';
  readonly [keyword: string]: unknown;
}

/** Tells the model why its call came to nothing. */
export class ToolRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ToolRefusal';
  }
}

interface ToolDefinition<Shape extends z.ZodObject> {
  readonly name: string;
  readonly description: string;
  readonly input: Shape;
  run(input: z.output<Shape>, context: ToolContext): Promise<ToolResult>;
}

/** Makes a tool whose arguments are checked before it runs; wrong ones are explained to the model. */
export function defineTool<Shape extends z.ZodObject>(definition: ToolDefinition<Shape>): Tool {
  const { name, description, input } = definition;
  return {
    name,
    description,
    inputSchema: { ...z.toJSONSchema(input, { target: 'draft-7', io: 'input' }), type: 'object' },
    async run(given, context) {
      const parsed = input.safeParse(given);
      if (!parsed.success) throw new ToolRefusal(`The arguments are wrong. ${explain(parsed.error)}`);
      return definition.run(parsed.data, context);
    },
  };
}

const explain = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.length === 0 ? 'arguments' : issue.path.join('.')}: ${issue.message}`)
    .join('; ');
