import { z } from 'zod';
import type { Deed } from '../../protocol/hands/deed.ts';
import type { Effect } from '../../protocol/hands/effect.ts';
import type { JsonValue } from '../../protocol/json-value.ts';
import type { ChatReader } from '../../protocol/ports/chat-reader.ts';
import type { RestOfDeed } from '../../protocol/ports/deed-records.ts';
import type { CitationSource } from '../citations.ts';

/** What a tool may use while it makes its plan or runs. */
export interface ToolContext {
  readonly conversationId: string;
  readonly agentId: string;
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

/** Notes every side effect before and after it happens, so that none is done twice and each can be taken back. */
export interface EffectNotes {
  /** Notes `effect` durably, does it, notes that it is done. What `act` throws is noted as not done and thrown on. */
  act<T>(effect: Effect, act: () => Promise<T>): Promise<T>;
}

/** What a call of a tool will do, before anything is done. */
export type ToolPlan =
  /** Reads what is within reach anyway, or computes: nobody needs to be asked. */
  | { readonly kind: 'read'; readonly run: (context: ToolContext) => Promise<ToolResult> }
  /** Does exactly `deed`, if it is allowed; refuses if what it was planned on has changed since. */
  | {
      readonly kind: 'deed';
      readonly deed: Deed;
      readonly run: (context: ToolContext, notes: EffectNotes) => Promise<ToolResult>;
    };

/** How much one tool may take. */
export interface ToolLimits {
  /** Longest plan and longest run, ms; the time in which the person thinks does not count. */
  readonly timeMs: number;
  /** Most characters of one result; what is longer is cut, with a mark. */
  readonly resultChars: number;
  /** Most calls within any minute, over all answers. */
  readonly perMinute: number;
}

export const defaultToolLimits: ToolLimits = { timeMs: 30_000, resultChars: 60_000, perMinute: 120 };

/** Something a model can do by calling it. */
export interface Tool {
  readonly name: string;
  /** For the model. */
  readonly description: string;
  /** JSON Schema of the arguments (draft 7), for the model. */
  readonly inputSchema: ToolInputSchema;
  readonly limits: ToolLimits;
  /** Results come from outside of Nunba and the person: data, whatever they say. */
  readonly isOutside: boolean;
  /** It shows texts that an answer may quote: they are looked up again where an answer goes on that had broken off. */
  readonly isQuotable?: boolean;
  /** What a model that has this tool is told beside its instructions. */
  readonly guidance?: string;
  /** Checks the arguments and says what will be done. Changes nothing. Throws a ToolRefusal for what the model can put right. */
  plan(input: unknown, context: ToolContext): Promise<ToolPlan>;
  /** With what it is called to do what is left of one of its deeds; `null`: it cannot. */
  readonly argumentsForRest?: ArgumentsForRest;
}

type ArgumentsForRest = (rest: Pick<RestOfDeed, 'changes' | 'arguments'>) => JsonValue;

/** The part of JSON Schema that objects of arguments need. */
export interface ToolInputSchema {
  readonly type: 'object';
  readonly [keyword: string]: unknown;
}

/** Tells the model why its call came to nothing. */
export class ToolRefusal extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ToolRefusal';
  }
}

/** The same, of a side effect that was not begun: nobody was asked, nothing was run. Thrown by what `act` does, it is noted so. */
export class NothingDone extends ToolRefusal {}

interface ToolWords<Shape extends z.ZodObject> {
  readonly name: string;
  readonly description: string;
  readonly input: Shape;
  readonly limits?: Partial<ToolLimits>;
  readonly isOutside?: boolean;
  readonly isQuotable?: boolean;
}

interface ReadingTool<Shape extends z.ZodObject> extends ToolWords<Shape> {
  run(input: z.output<Shape>, context: ToolContext): Promise<ToolResult>;
}

interface DeedTool<Shape extends z.ZodObject> extends ToolWords<Shape> {
  plan(input: z.output<Shape>, context: ToolContext): Promise<ToolPlan>;
  readonly argumentsForRest?: ArgumentsForRest;
}

/** Makes a tool that reads or computes; its arguments are checked before it runs, wrong ones are explained to the model. */
export function defineTool<Shape extends z.ZodObject>(definition: ReadingTool<Shape>): Tool {
  return defineDeedTool({
    ...definition,
    plan: async (input) => ({ kind: 'read', run: (context) => definition.run(input, context) }),
  });
}

/** Makes a tool that says first what it will do. */
export function defineDeedTool<Shape extends z.ZodObject>(definition: DeedTool<Shape>): Tool {
  const { name, description, input, limits, isOutside = false, isQuotable = false } = definition;
  let inputSchema: ToolInputSchema | null = null;
  return {
    name,
    description,
    // Made when a model is first told: at a start it would cost more than everything else of the tools.
    get inputSchema() {
      inputSchema ??= { ...z.toJSONSchema(input, { target: 'draft-7', io: 'input' }), type: 'object' };
      return inputSchema;
    },
    limits: { ...defaultToolLimits, ...limits },
    isOutside,
    isQuotable,
    ...(definition.argumentsForRest ? { argumentsForRest: definition.argumentsForRest } : {}),
    async plan(given, context) {
      const parsed = input.safeParse(given);
      if (!parsed.success) throw new ToolRefusal(`The arguments are wrong. ${explain(parsed.error)}`);
      return definition.plan(parsed.data, context);
    },
  };
}

const explain = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.length === 0 ? 'arguments' : issue.path.join('.')}: ${issue.message}`)
    .join('; ');
