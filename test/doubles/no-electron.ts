/**
 * Stands for the module `electron` in tests under plain Node, where the real one would download its binary: it has
 * next to nothing. What is tested there uses none of it.
 */
export const ipcMain = { removeAllListeners: (): void => undefined };

// biome-ignore lint/style/noDefaultExport: electron-store reads the module's default export.
export default {};
