import type { Deed } from '../hands/deed.ts';
import type { JsonValue } from '../json-value.ts';
import type { ModelLocation } from '../location.ts';

/** A model of a provider: `<providerId>/<modelId>`; the model's id may itself hold slashes. */
export type ModelRef = string;

/** Why this model answers: the first that applies, in this order. */
export type ModelReason =
  | 'chosen-in-chat'
  | 'asked-by-caller'
  | 'agent-prefers'
  | 'chosen-as-default'
  | 'named-in-environment'
  | 'only-one'
  | 'first-found';

/** Who wrote an answer and where it ran. The Guide is no model. */
export type Provenance =
  | { readonly kind: 'guide' }
  | {
      readonly kind: 'model';
      readonly ref: ModelRef;
      readonly modelId: string;
      readonly providerName: string;
      readonly location: ModelLocation;
      readonly reason: ModelReason;
    };

/** One entry of what the model is told, oldest first. */
export type PromptMessage =
  | { readonly role: 'user'; readonly text: string; readonly attachments: readonly PromptAttachment[] }
  | { readonly role: 'assistant'; readonly parts: readonly PromptPart[] };

export interface PromptAttachment {
  readonly id: string;
  readonly name: string;
  readonly kind: 'text' | 'image';
  readonly mediaType: string;
  readonly sizeBytes: number;
}

export type PromptPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'tool';
      readonly callId: string;
      readonly toolName: string;
      readonly arguments: JsonValue;
      readonly outcome: ToolOutcome;
    };

export type ToolOutcome =
  | { readonly kind: 'done'; readonly value: JsonValue }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'stopped' };

/** How a use of a tool came to be allowed, or not. */
export type Approval =
  | { readonly kind: 'not-needed' }
  /** It waits for the person, since `at` in ms since the epoch. */
  | { readonly kind: 'asked'; readonly at: number }
  /** `person`: just answered; `grant`: a permission that was given before. */
  | { readonly kind: 'given'; readonly scope: 'once' | 'chat' | 'always'; readonly by: 'person' | 'grant' }
  /** `nobody`: there was nobody to ask. */
  | { readonly kind: 'refused'; readonly by: 'person' | 'nobody' };

/** Sampling parameters; `null` leaves it to the model. */
export interface AnswerParameters {
  /** 0..2 */
  readonly temperature: number | null;
  /** 0..1 */
  readonly topP: number | null;
  readonly maxOutputTokens: number | null;
}

export interface AnswerRequest {
  readonly conversationId: string;
  /** The message that the answer is kept in; `null`: a program asks over HTTP, so no person can be asked anything. */
  readonly messageId: string | null;
  readonly agentId: string;
  /** The model chosen in the conversation, or `null`: then the agent's preference and the default decide. */
  readonly model: ModelRef | null;
  /** `chat`: the person chose it in the conversation. `caller`: an HTTP caller named it. */
  readonly modelChosenBy: 'chat' | 'caller';
  /**
   * What an HTTP caller's system messages say. They come after the agent's instructions, or in their place when the
   * caller named a model rather than an agent.
   */
  readonly callerInstructions?: string | null;
  readonly parameters: AnswerParameters;
  readonly history: readonly PromptMessage[];
  /** The last entry of `history` is a partial answer to be carried on where it broke off. */
  readonly isContinuation: boolean;
}

/** A quotation in an answer, compared with its source when the answer was complete. */
export interface Citation {
  /** The quoted words as they stand in the answer, at most 2,000 characters. */
  readonly quotation: string;
  readonly source:
    | { readonly kind: 'attachment'; readonly attachmentId: string; readonly name: string; readonly line: number }
    | { readonly kind: 'message'; readonly conversationId: string; readonly messageId: string; readonly line: number }
    /** `path`: absolute; `name`: how the answer calls it; `page`: that of a document which has pages, counted from 1. */
    | {
        readonly kind: 'file';
        readonly path: string;
        readonly name: string;
        readonly line: number;
        readonly page?: number | undefined;
      }
    | { readonly kind: 'unknown'; readonly label: string };
  /** The words stand in that line of the source. */
  readonly isFound: boolean;
}

/** What an answer is made of, in the order in which it arrives. */
export type AnswerEvent =
  | { readonly kind: 'provenance'; readonly provenance: Provenance }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'tool-call'; readonly callId: string; readonly toolName: string; readonly arguments: JsonValue }
  /** What the call is about to do beyond reading, and whether the person allowed it; sent again when that changes. */
  | { readonly kind: 'tool-deed'; readonly callId: string; readonly deed: Deed; readonly approval: Approval }
  | {
      readonly kind: 'tool-outcome';
      readonly callId: string;
      readonly outcome: ToolOutcome;
      /** What it did can be taken back. */
      readonly canUndo: boolean;
    }
  | {
      readonly kind: 'usage';
      readonly inputTokens: number | null;
      readonly outputTokens: number | null;
      /** How often a model was asked; missing where it was not counted. */
      readonly modelCalls?: number;
    }
  /** What stays after the answer; sent before `finish`. */
  | { readonly kind: 'citations'; readonly citations: readonly Citation[] }
  | { readonly kind: 'checklist'; readonly items: readonly { readonly text: string; readonly isDone: boolean }[] }
  /** Always the last. */
  | { readonly kind: 'finish'; readonly reason: AnswerEnding };

/** `length`: the model ran into its output limit; `full`: the conversation fills what it can take in at once. */
export type AnswerEnding = 'complete' | 'length' | 'full';

/**
 * Produces answers. Iterating starts the work; aborting `signal` closes the request to the provider at once and
 * ends the iteration. A refusal of the provider is thrown as a FailureError.
 */
export interface Answerer {
  answer(request: AnswerRequest, signal: AbortSignal): AsyncIterable<AnswerEvent>;
}
