/** Pieces of a line with their colours; `null`: the colour of the text around. */
export type HighlightedLine = readonly (readonly [text: string, colour: string | null])[];

/** What the page asks its highlighting worker. */
export interface HighlightQuestion {
  readonly id: number;
  readonly code: string;
  readonly language: string;
}

/** What the worker answers; `null` lines: it does not know the language. */
export interface HighlightAnswer {
  readonly id: number;
  readonly lines: readonly HighlightedLine[] | null;
}
