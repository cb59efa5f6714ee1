/** Words of the kit itself. */
export const ui = {
  cancel: 'Cancel',
  close: 'Close',
  copied: 'Copied',
  copyRefused: 'The browser does not allow copying',
  dismiss: 'Dismiss',
  hideSecret: 'Hide',
  notice: 'Notice',
  notices: 'Notices ({{hotkey}})',
  showSecret: 'Show',
  undo: 'Undo',
} as const;
