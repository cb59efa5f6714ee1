import type { AskedMessage, Piece } from './reply.ts';
import { asked, asList, asObject, asText, event, type Json, type StreamEncoder, type Wire } from './wire.ts';

const messages = (value: unknown): readonly AskedMessage[] => {
  const { role, parts } = asObject(value);
  const all = asList(parts).map(asObject);
  const results = all.filter((part) => part.functionResponse !== undefined);
  const rest = all.filter((part) => part.functionResponse === undefined);
  const own: AskedMessage = {
    role: role === 'model' ? 'assistant' : 'user',
    text: rest.map((part) => asText(part.text)).join(''),
    images: rest.filter((part) => part.inlineData !== undefined).length,
  };
  const tools = results.map(
    (part): AskedMessage => ({
      role: 'tool',
      text: JSON.stringify(asObject(part.functionResponse).response ?? null),
      images: 0,
    }),
  );
  return rest.length > 0 ? [...tools, own] : tools;
};

/** Gemini sends arguments parsed; those that are not JSON cannot be said in this format and go as a string. */
const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return { text: value };
  }
};

class Encoder implements StreamEncoder {
  #tokens = 0;
  readonly #model: string;

  constructor(model: string) {
    this.#model = model;
  }

  begin(): string {
    return '';
  }

  piece(piece: Piece): string {
    this.#tokens += 1;
    if (piece.kind === 'text') return this.#chunk([{ text: piece.text }]);
    if (piece.kind === 'reasoning') return this.#chunk([{ text: piece.text, thought: true }]);
    return this.#chunk([{ functionCall: { name: piece.name, args: parsed(piece.arguments) } }]);
  }

  end(reason: 'finish' | 'length'): string {
    return this.#chunk([{ text: '' }], reason === 'length' ? 'MAX_TOKENS' : 'STOP');
  }

  #chunk(parts: readonly Json[], finishReason?: string): string {
    const candidate = { content: { role: 'model', parts }, index: 0, ...(finishReason ? { finishReason } : {}) };
    const usageMetadata = {
      promptTokenCount: 10,
      candidatesTokenCount: this.#tokens,
      totalTokenCount: 10 + this.#tokens,
    };
    return event({ candidates: [candidate], usageMetadata, modelVersion: this.#model });
  }
}

const statusNames: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
};

/** Google's generateContent streams. */
export const geminiWire: Wire = {
  name: 'gemini',
  prompt: (body, path) =>
    asked(
      {
        wire: 'gemini',
        model: decodeURIComponent(/\/models\/([^:]+):/.exec(path)?.[1] ?? ''),
        system: asList(asObject(body.systemInstruction).parts)
          .map((part) => asText(asObject(part).text))
          .join('\n'),
        tools: asList(body.tools).flatMap((tool) =>
          asList(asObject(tool).functionDeclarations).map((declared) => asText(asObject(declared).name)),
        ),
      },
      asList(body.contents).flatMap(messages),
    ),
  encoder: (model) => new Encoder(model),
  error: (status, message) => ({
    error: { code: status, message, status: statusNames[status] ?? 'INVALID_ARGUMENT' },
  }),
  models: (ids) => ({
    models: ids.map((id) => ({
      name: `models/${id}`,
      displayName: id,
      supportedGenerationMethods: ['generateContent', 'streamGenerateContent'],
    })),
  }),
};
