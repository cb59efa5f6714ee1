/** The part of html-to-text 10 that is used; the package comes without types. */
declare module 'html-to-text' {
  export interface HtmlNode {
    readonly type: string;
    readonly name?: string;
    readonly data?: string;
    readonly attribs?: Readonly<Record<string, string>>;
    readonly children: readonly HtmlNode[];
  }

  export interface TextBuilder {
    addInline(text: string, options?: { readonly noWordTransform?: boolean }): void;
    addLiteral(text: string): void;
    startNoWrap(): void;
    stopNoWrap(): void;
  }

  export type Formatter = (
    element: HtmlNode,
    walk: (children: readonly HtmlNode[], builder: TextBuilder) => void,
    builder: TextBuilder,
  ) => void;

  export interface SelectorRule {
    readonly selector: string;
    readonly format?: string;
    readonly options?: Readonly<Record<string, unknown>>;
  }

  export interface ConvertOptions {
    readonly wordwrap: false;
    readonly baseElements: { readonly selectors: readonly string[] };
    readonly limits: { readonly maxInputLength: number; readonly maxDepth: number; readonly ellipsis: string };
    readonly formatters: Readonly<Record<string, Formatter>>;
    readonly selectors: readonly SelectorRule[];
  }

  export interface CompileOptions {
    readonly wordwrap: false;
    readonly limits: { readonly maxInputLength: number; readonly maxDepth: number };
    readonly selectors: readonly SelectorRule[];
  }

  export function compile(options: CompileOptions): (html: string) => string;

  export function convert(html: string, options: ConvertOptions): string;
}
