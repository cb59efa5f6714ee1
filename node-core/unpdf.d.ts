/** The part of pdf.js 6 that is used, as unpdf brings it; its own types want those of a browser. */
declare module 'unpdf/pdfjs' {
  export interface PdfOptions {
    readonly data: Uint8Array;
    /** 0: nothing is written to the console but what went wrong. */
    readonly verbosity: 0;
    readonly useWorkerFetch: boolean;
    readonly useSystemFonts: boolean;
    readonly disableFontFace: boolean;
    readonly useWasm: boolean;
    readonly enableXfa: boolean;
    /** Pixels. */
    readonly maxImageSize: number;
  }

  export interface PdfText {
    readonly str: string;
    /** A line ends with it. */
    readonly hasEOL: boolean;
  }

  export interface PdfPage {
    /** Text, and marks of which parts of the document it belongs to. */
    getTextContent(): Promise<{ readonly items: readonly (PdfText | { readonly type: string })[] }>;
    cleanup(): boolean;
  }

  export interface Pdf {
    readonly numPages: number;
    /** @param number counted from 1 */
    getPage(number: number): Promise<PdfPage>;
  }

  export function getDocument(options: PdfOptions): { readonly promise: Promise<Pdf>; destroy(): Promise<void> };
}
