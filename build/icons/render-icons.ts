import fs from 'node:fs';
import path from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { type IconImage, icnsSizesPx, writeIcns, writeIco } from './icon-containers.ts';
import { type Variant, varySvg } from './svg-variant.ts';
import { planTrayImages } from './tray-plan.ts';

/** What Linux desktops look for in their icon themes, and Windows and macOS take from their containers. */
const sizesPx = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const icoSizesPx = [16, 20, 24, 32, 40, 48, 64, 128, 256];
/** Apple's template for app icons leaves this much free on each side. */
const macMargin = 0.085;
const asDrawn: Variant = { color: null, margin: 0 };

/** Loads the renderer that `renderIcons` needs; once per process, because the library takes it only once. */
export async function loadRenderer(root: string): Promise<void> {
  await initWasm(fs.readFileSync(path.join(root, 'node_modules', '@resvg', 'resvg-wasm', 'index_bg.wasm')));
}

/**
 * Renders every icon of the program below `folder`, which is made anew:
 *
 * - `app/<n>x<n>.png`, `app.ico`, `app.icns`, `link-file.ico`, `link-file.icns`, `link-file.png` for the packages;
 * - `tray/{windows,linux,macos}/…` for the tray, see `planTrayImages`.
 *
 * The same drawings give the same bytes. `loadRenderer` comes first.
 */
export function renderIcons(root: string, folder: string): void {
  const drawings = path.join(root, 'resources', 'icons');
  fs.rmSync(folder, { recursive: true, force: true });
  const save = (file: string, content: Uint8Array): void => {
    const place = path.join(folder, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, content);
  };
  const app = fs.readFileSync(path.join(drawings, 'app.svg'), 'utf8');
  for (const { sizePx, png } of renderSizes(app, sizesPx)) save(`app/${sizePx}x${sizePx}.png`, png);
  save('app.ico', writeIco(renderSizes(app, icoSizesPx)));
  save('app.icns', writeIcns(renderSizes(varySvg(app, { ...asDrawn, margin: macMargin }), icnsSizesPx)));

  const linkFile = fs.readFileSync(path.join(drawings, 'link-file.svg'), 'utf8');
  save('link-file.ico', writeIco(renderSizes(linkFile, icoSizesPx)));
  save('link-file.icns', writeIcns(renderSizes(linkFile, icnsSizesPx)));

  for (const { file, state, color, sizePx } of planTrayImages()) {
    const drawing = fs.readFileSync(path.join(drawings, 'tray', `${state}.svg`), 'utf8');
    save(`tray/${file}`, renderPng(varySvg(drawing, { color, margin: 0 }), sizePx));
  }
}

function renderSizes(svg: string, sizes: readonly number[]): readonly IconImage[] {
  return sizes.map((sizePx) => ({ sizePx, png: renderPng(svg, sizePx) }));
}

function renderPng(svg: string, sizePx: number): Uint8Array {
  const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: sizePx } });
  try {
    const image = drawing.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}
