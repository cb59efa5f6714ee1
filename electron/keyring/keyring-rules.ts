/** Whether what Electron has chosen on this system keeps a key of the person, and not one that everybody knows. */
export const isRealBackend = (backend: string): boolean => backend !== 'basic_text' && backend !== 'unknown';

/**
 * Whether a text was sealed with a key of the keyring. On Linux Chromium falls back to a key that stands in its source,
 * and marks what it sealed so with `v10` (components/os_crypt); on other systems the same mark means something else.
 */
export const isSealedForReal = (sealed: Uint8Array, platform: string): boolean =>
  platform === 'darwin' || platform === 'win32' || Buffer.from(sealed.subarray(0, 3)).toString('latin1') !== 'v10';
