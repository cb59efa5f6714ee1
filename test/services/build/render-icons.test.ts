import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadRenderer, renderIcons } from '../../../build/icons/render-icons.ts';
import { varySvg } from '../../../build/icons/svg-variant.ts';
import { planTrayImages } from '../../../build/icons/tray-plan.ts';
import { tempFolder } from '../../builders/temp-folder.ts';

const root = path.join(import.meta.dirname, '../../..');
const drawing = '<svg viewBox="0 0 16 16" color="red"><path d="M0 0" fill="currentColor"/></svg>';

test('a drawing takes another colour and gets a margin', () => {
  expect(varySvg(drawing, { color: '#123456', margin: 0.25 })).toBe(
    '<svg color="#123456" viewBox="-8 -8 32 32"><path d="M0 0" fill="currentColor"/></svg>\n',
  );
});

test('a drawing that is not square is refused', () => {
  expect(() => varySvg('<svg viewBox="0 0 16 9"></svg>', { color: null, margin: 0 })).toThrow('square');
});

test('all icons are rendered in their sizes, twice to the same bytes', async () => {
  await loadRenderer(root);
  const [once, again] = [tempFolder(), tempFolder()];
  renderIcons(root, once);
  renderIcons(root, again);
  const files = fs.readdirSync(once, { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file));
  expect(files).toEqual(expect.arrayContaining(['app.ico', 'app.icns', 'link-file.ico', 'link-file.icns']));
  for (const file of files) {
    expect(fs.readFileSync(path.join(again, file)).equals(fs.readFileSync(path.join(once, file))), file).toBe(true);
  }
  for (const { file, sizePx } of planTrayImages()) {
    expect(pngEdges(fs.readFileSync(path.join(once, 'tray', file))), file).toEqual([sizePx, sizePx]);
  }
  expect(pngEdges(fs.readFileSync(path.join(once, 'app', '1024x1024.png')))).toEqual([1024, 1024]);
});

/** Width and height in the header of a PNG. */
function pngEdges(png: Buffer): readonly number[] {
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}
