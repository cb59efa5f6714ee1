import path from 'node:path';
import { app, type Session } from 'electron';
import type { ShellState } from '../shell/shell-state.ts';
import { isPageAddress } from './page-address.ts';
import { isOwnFile, saveDialogFor } from './saved-file.ts';

/** Longest name that is told; characters. */
const longestName = 300;

/**
 * Lets the page save the files that it has made, where the person says, and tells if one breaks off; every other
 * download is cancelled.
 */
export function limitDownloads(session: Session, state: Pick<ShellState, 'notify'>): void {
  session.on('will-download', (event, item, contents) => {
    if (!isOwnFile(item.getURL()) || !isPageAddress(contents.getURL())) {
      event.preventDefault();
      return;
    }
    item.setSaveDialogOptions(saveDialogFor(item.getFilename(), app.getPath('downloads')));
    item.once('done', (_event, outcome) => {
      if (outcome !== 'interrupted') return;
      const name = path.basename(item.getSavePath() || item.getFilename());
      state.notify({ kind: 'save-failed', name: name.slice(0, longestName) });
    });
  });
}
