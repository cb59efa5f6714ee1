import { safeStorage } from 'electron';
import type { Keyring, KeyringState } from '../../node-core/protocol/ports/host.ts';
import { isRealBackend, isSealedForReal } from './keyring-rules.ts';

/**
 * The system's keyring, through Electron. To be used after the app is ready. The asynchronous functions are used, because
 * the others stop the whole shell while a keyring asks the person for its password.
 */
export function systemKeyring(platform: NodeJS.Platform): Keyring {
  const backend = (): string => {
    if (platform === 'darwin') return 'keychain';
    return platform === 'win32' ? 'dpapi' : safeStorage.getSelectedStorageBackend();
  };
  const state = async (): Promise<KeyringState> => {
    const present = backend();
    return { backend: present, isUsable: isRealBackend(present) && (await safeStorage.isAsyncEncryptionAvailable()) };
  };
  const requireUsable = async (): Promise<void> => {
    if (!(await state()).isUsable) throw new Error('this session has no keyring');
  };
  return {
    state,
    async seal(text) {
      await requireUsable();
      const sealed = await safeStorage.encryptStringAsync(text);
      if (!isSealedForReal(sealed, platform)) throw new Error('it was sealed with a key that everybody knows');
      return sealed.toString('base64');
    },
    async unseal(sealed) {
      await requireUsable();
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'));
      return result;
    },
  };
}
