/** How a drawing is changed before it is rendered. */
export interface Variant {
  /** What `currentColor` is, or `null` to leave the drawing's own colours. */
  readonly color: string | null;
  /** Empty margin on each side, as a share of the whole edge: 0 to less than 0.5. */
  readonly margin: number;
}

const rootTag = /<svg\b[^>]*>/;
const squareViewBox = /\bviewBox="0 0 (\d+) \1"/;

/** The text of a square SVG in another colour or with a margin. Throws for a drawing that is not square. */
export function varySvg(svg: string, { color, margin }: Variant): string {
  const root = rootTag.exec(svg)?.[0];
  const edge = Number(root && squareViewBox.exec(root)?.[1]);
  if (!root || !edge) throw new Error('an icon needs a square view box that begins at 0 0');
  const grown = edge / (1 - 2 * margin);
  const origin = (edge - grown) / 2;
  const colored = color === null ? root : root.replace(/\scolor="[^"]*"/, '').replace('<svg', `<svg color="${color}"`);
  const framed = colored.replace(squareViewBox, `viewBox="${origin} ${origin} ${grown} ${grown}"`);
  const inner = svg.slice(svg.indexOf(root) + root.length, svg.lastIndexOf('</svg>'));
  return `${framed}${inner}</svg>\n`;
}
