import fs from 'node:fs';
import path from 'node:path';
import { webContents } from './browser-window.ts';
import type { DevTools, Events } from './devtools.ts';
import { dialog } from './dialog.ts';
import { StandInDownload } from './download-item.ts';
import { preventable } from './preventable-event.ts';
import { fromWeb } from './schemes.ts';
import { session } from './session.ts';

/** One download on its way. */
interface Running {
  readonly item: StandInDownload;
  /** Where it goes; `null` once the person or the app wants it no more. */
  readonly target: Promise<string | null>;
}

/**
 * Asks the app about every download, as `will-download` of the session, and then the person by `dialog.showSaveDialog`.
 * @param folder where Chromium keeps what is not saved yet
 */
export async function watchDownloads(devTools: DevTools, folder: string): Promise<void> {
  const running = new Map<string, Running>();
  devTools.on('Browser.downloadWillBegin', (begun) => {
    const item = new StandInDownload(fromWeb(begun.url), begun.suggestedFilename);
    const target = targetOf(item, begun);
    running.set(begun.guid, { item, target });
    void target.then((file) => {
      if (file !== null) return;
      item.cancel();
      // It may be whole already; then there is nothing to cancel.
      devTools.send('Browser.cancelDownload', { guid: begun.guid }).catch(() => undefined);
    });
  });
  devTools.on('Browser.downloadProgress', ({ guid, state, filePath }) => {
    const download = running.get(guid);
    if (!download || state === 'inProgress') return;
    running.delete(guid);
    if (state === 'canceled') download.item.finish('cancelled');
    else void save(download, filePath ?? path.join(folder, guid));
  });
  const behavior = { behavior: 'allowAndName' as const, downloadPath: folder, eventsEnabled: true };
  await devTools.send('Browser.setDownloadBehavior', behavior);
}

async function targetOf(
  item: StandInDownload,
  { frameId }: Events['Browser.downloadWillBegin'],
): Promise<string | null> {
  const contents = webContents.fromDevToolsTargetId(frameId);
  const event = preventable();
  session.defaultSession.emit('will-download', event, item, contents);
  if (event.defaultPrevented || item.getState() !== 'progressing') return null;
  if (item.savePath) return item.savePath;
  const { canceled, filePath } = await dialog.showSaveDialog(item.getSaveDialogOptions());
  return canceled || !filePath ? null : filePath;
}

async function save({ item, target }: Running, from: string): Promise<void> {
  const to = await target;
  const outcome = to === null ? 'cancelled' : write(item, from, to);
  fs.rmSync(from, { force: true });
  item.finish(outcome);
}

function write(item: StandInDownload, from: string, to: string): 'completed' | 'interrupted' {
  item.setSavePath(to);
  try {
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.copyFileSync(from, to);
    return 'completed';
  } catch {
    return 'interrupted';
  }
}
