/** The three ways in which providers speak. */
export type WireName = 'openai' | 'anthropic' | 'gemini';

/** What a model was asked, whatever the wire format. */
export interface AskedPrompt {
  readonly wire: WireName;
  readonly model: string;
  readonly system: string;
  /** Everything but the system's text, oldest first. */
  readonly messages: readonly AskedMessage[];
  /** Text of the last message of the user. */
  readonly lastText: string;
  /** Names of the tools on offer. */
  readonly tools: readonly string[];
  /** Results of tools since the user's last message, oldest first, as text. */
  readonly toolResults: readonly string[];
}

export interface AskedMessage {
  readonly role: 'user' | 'assistant' | 'tool';
  readonly text: string;
  readonly images: number;
}

/** One token of an answer, or a call of a tool. `arguments` that are a string are sent as they stand, valid or not. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'tool-call'; readonly id: string; readonly name: string; readonly arguments: unknown };

/**
 * How a stream ends. `finish`: as it should. `length`: the model's output limit. `no-done`: the response ends properly,
 * but without finish and without `[DONE]`. `cut`: the connection is torn down. `stall`: nothing more comes, for ever.
 */
export type StreamEnding = 'finish' | 'length' | 'no-done' | 'cut' | 'stall';

/** What the server does with one prompt. */
export type Reply =
  | {
      readonly kind: 'stream';
      readonly pieces: readonly Piece[];
      /** Tokens per second; `null`: as fast as the socket takes them. */
      readonly rate: number | null;
      readonly ending: StreamEnding;
    }
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly message: string;
      /** Name of the error in the provider's own words, such as `context_length_exceeded`. */
      readonly code: string | null;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** Any body at all, sent at once. */
  | { readonly kind: 'raw'; readonly status: number; readonly contentType: string; readonly body: string }
  /** An event stream whose first line has so many bytes and no end. */
  | { readonly kind: 'long-line'; readonly sizeBytes: number }
  /** Takes the request and never answers, not even with headers. */
  | { readonly kind: 'silence' }
  /** Closes the connection without an answer. */
  | { readonly kind: 'hang-up' };

/** Decides the reply to a prompt. */
export type Script = (prompt: AskedPrompt) => Reply | Promise<Reply>;

/** A text as pieces of about a word, so that it streams as a model's answer does. */
export function words(text: string): readonly Piece[] {
  return (text.match(/\s*\S+\s*?(?=\s|$)|\s+$/g) ?? []).map((part) => ({ kind: 'text', text: part }));
}

/** A whole answer, streamed. */
export function says(text: string, ending: StreamEnding = 'finish', rate: number | null = null): Reply {
  return { kind: 'stream', pieces: words(text), rate, ending };
}

/** An answer that calls one tool. */
export function calls(name: string, argumentsOrText: unknown, id = 'call_1'): Reply {
  const pieces: Piece[] = [{ kind: 'tool-call', id, name, arguments: argumentsOrText }];
  return { kind: 'stream', pieces, rate: null, ending: 'finish' };
}

/** A refusal with a status. */
export function refuses(
  status: number,
  message: string,
  options: { readonly code?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Reply {
  return { kind: 'refuse', status, message, code: options.code ?? null, headers: options.headers ?? {} };
}
