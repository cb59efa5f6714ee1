/** Hands a file to the browser, which saves it as the person has set it up. */
export function saveFile(fileName: string, pieces: readonly BlobPart[], mediaType: string): void {
  const url = URL.createObjectURL(new Blob([...pieces], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser reads the blob after this task; revoking it at once would cut the file off.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
