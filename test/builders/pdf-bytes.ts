interface PdfPart {
  /** Between the angle brackets. */
  readonly dictionary: string;
  readonly stream?: Uint8Array;
}

/** How a PDF of a test is made. */
interface PdfOptions {
  /** Entries of the trailer besides `Size` and `Root`. */
  readonly trailer?: string;
  /** More objects; the first one has the number that `firstExtra` gives. */
  readonly extra?: readonly PdfPart[];
  /** What stands for the content of each page instead of its lines. */
  readonly content?: PdfPart;
}

/** A PDF (ISO 32000-1) of pages of lines in Helvetica. Latin characters only. */
export function pdfBytes(pages: readonly (readonly string[])[], options: PdfOptions = {}): Buffer {
  const pageNumbers = pages.map((_, index) => 4 + index * 2);
  const parts: readonly PdfPart[] = [
    { dictionary: '/Type/Catalog/Pages 2 0 R' },
    { dictionary: `/Type/Pages/Kids[${pageNumbers.map((n) => `${n} 0 R`).join(' ')}]/Count ${pages.length}` },
    { dictionary: '/Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding' },
    ...pages.flatMap((lines, index): readonly PdfPart[] => [
      {
        dictionary: `/Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + index * 2} 0 R`,
      },
      options.content ?? { dictionary: '', stream: textOperators(lines) },
    ]),
    ...(options.extra ?? []),
  ];
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  const sizeSoFar = (): number => chunks.reduce((sum, { length }) => sum + length, 0);
  for (const [index, { dictionary, stream }] of parts.entries()) {
    offsets.push(sizeSoFar());
    const length = stream === undefined ? '' : `/Length ${stream.length}`;
    chunks.push(Buffer.from(`${index + 1} 0 obj\n<<${dictionary}${length}>>\n`));
    if (stream !== undefined) chunks.push(Buffer.from('stream\n'), Buffer.from(stream), Buffer.from('\nendstream\n'));
    chunks.push(Buffer.from('endobj\n'));
  }
  const start = sizeSoFar();
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const size = parts.length + 1;
  return Buffer.concat([
    ...chunks,
    Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}`),
    Buffer.from(`trailer\n<</Size ${size}/Root 1 0 R${options.trailer ?? ''}>>\nstartxref\n${start}\n%%EOF\n`),
  ]);
}

const textOperators = (lines: readonly string[]): Buffer => {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj 0 -14 Td`);
  return Buffer.from(`BT /F1 12 Tf 72 720 Td ${shown.join(' ')} ET`, 'latin1');
};
