import { app, type Session } from 'electron';
import { isPageAddress } from './page-address.ts';
import { isOwnFile, saveDialogFor } from './saved-file.ts';

/** Lets the page save the files that it has made, where the person says; every other download is cancelled. */
export function limitDownloads(session: Session): void {
  session.on('will-download', (event, item, contents) => {
    if (!isOwnFile(item.getURL()) || !isPageAddress(contents.getURL())) {
      event.preventDefault();
      return;
    }
    item.setSaveDialogOptions(saveDialogFor(item.getFilename(), app.getPath('downloads')));
  });
}
