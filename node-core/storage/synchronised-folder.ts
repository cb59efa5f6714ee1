/** Names that synchronising programs give their folders, on Windows, macOS and Linux. */
const programs: readonly (readonly [RegExp, string])[] = [
  [/^OneDrive(?:$|[ -])/i, 'OneDrive'],
  [/^(?:iCloud ?Drive|Mobile Documents|com~apple~CloudDocs)$/i, 'iCloud'],
  [/^Dropbox(?:$|[ -])/i, 'Dropbox'],
  [/^Google ?Drive(?:$|[ -])/i, 'Google Drive'],
];

/**
 * The program that synchronises a folder, told from the names in its path, or `null`. Such programs copy files
 * while they are written and can damage a database.
 */
export function synchronisedBy(folder: string): string | null {
  const names = folder.split(/[\\/]/);
  return programs.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1] ?? null;
}
