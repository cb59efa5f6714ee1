/** Collections of files that agents answer from: the settings, the chat, and the files themselves. */
export const knowledge = {
  file: 'File',
  loadingFile: 'Reading the file',
  openFolder: 'Show its folder',
} as const;
