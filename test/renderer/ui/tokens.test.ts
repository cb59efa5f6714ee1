import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const renderer = path.join(import.meta.dirname, '../../../renderer');
const styles = fs.readFileSync(path.join(renderer, 'ui/styles.css'), 'utf8');

type Rgb = readonly [number, number, number];
type Theme = 'light' | 'dark';

/** Value of a token in a theme; only tokens that are plain colours. */
function token(name: string, theme: Theme): Rgb {
  const found = new RegExp(`--${name}: light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)`).exec(styles);
  const hex = found?.[theme === 'light' ? 1 : 2];
  if (hex === undefined) throw new Error(`no token ${name}`);
  const at = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16);
  return [at(0), at(2), at(4)];
}

/** WCAG 2.2, relative luminance. */
function luminance(color: Rgb): number {
  const [r, g, b] = color.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/** WCAG 2.2, contrast ratio: 1..21. */
function contrast(a: Rgb, b: Rgb): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['paper', 'surface', 'sunken', 'code'];
const softs = ['accent-soft', 'ok-soft', 'warn-soft', 'bad-soft', 'mark'];
const texts: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...grounds, ...softs]],
  ['ink-2', [...grounds, ...softs]],
  ['ink-3', [...grounds, 'accent-soft']],
  ['accent', [...grounds, 'accent-soft']],
  ['ok', [...grounds, 'ok-soft']],
  ['warn', [...grounds, 'warn-soft']],
  ['bad', [...grounds, 'bad-soft']],
  ['on-accent', ['accent', 'accent-strong']],
];

describe.each<Theme>(['light', 'dark'])('tokens in the %s theme', (theme) => {
  it.each(texts.flatMap(([text, backs]) => backs.map((back) => [text, back] as const)))(
    '%s on %s can be read',
    (text, back) => {
      expect(contrast(token(text, theme), token(back, theme))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(grounds)('the edge of a control can be seen on %s', (back) => {
    expect(contrast(token('line-strong', theme), token(back, theme))).toBeGreaterThanOrEqual(3);
  });
});

describe('colours', () => {
  const files = fs
    .readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|css)$/.test(file) && file !== path.join('ui', 'styles.css'));

  it.each(files)('%s names them and writes none', (file) => {
    const text = fs.readFileSync(path.join(renderer, file), 'utf8');
    const literals = text.match(/#[0-9a-fA-F]{3,8}\b(?=['"`;,)\s])|\b(?:rgba?|hsla?|oklch|oklab)\(/g) ?? [];
    expect(literals).toEqual([]);
  });
});
