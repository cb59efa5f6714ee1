import type { AskedMessage, AskedPrompt, Piece, WireName } from './reply.ts';

/** Turns the pieces of one answer into server-sent events; holds the state that the format asks for. */
export interface StreamEncoder {
  begin(): string;
  piece(piece: Piece): string;
  end(reason: 'finish' | 'length'): string;
}

/** One provider's wire format, as far as a streaming chat needs it. */
export interface Wire {
  readonly name: WireName;
  prompt(body: Json, path: string): AskedPrompt;
  encoder(model: string): StreamEncoder;
  /** Body of a refusal. */
  error(status: number, message: string, code: string | null): unknown;
  /** Body of the list of models. */
  models(ids: readonly string[]): unknown;
}

/** Parsed JSON, looked into without trust. */
export type Json = Readonly<Record<string, unknown>>;

export const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One server-sent event. */
export function event(data: unknown, name?: string): string {
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/** The arguments of a call as the model wrote them. */
export const argumentsText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Completes what every format has read in its own way. */
export function asked(
  base: Pick<AskedPrompt, 'wire' | 'model' | 'system' | 'tools'>,
  messages: readonly AskedMessage[],
): AskedPrompt {
  const lastUser = messages.findLastIndex((message) => message.role === 'user');
  const toolResults = messages
    .slice(lastUser + 1)
    .filter((message) => message.role === 'tool')
    .map((message) => message.text);
  return { ...base, messages, lastText: messages[lastUser]?.text ?? '', toolResults };
}
