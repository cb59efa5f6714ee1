import type { Keyring } from '../../node-core/protocol/ports/host.ts';

/** A keyring in memory that the test changes as a system does. */
export interface FakeKeyring extends Keyring {
  backend: string;
  isUsable: boolean;
  /** Another one seals and opens other texts. */
  secret: string;
  /** Gives back something else than it sealed. */
  isForgetful: boolean;
  /** Answers nothing until it is woken. */
  isSilent: boolean;
  wake(): void;
}

/** Seals by writing its own name and secret beside the text, so a test sees what was sealed with what. */
export function createFakeKeyring(backend = 'gnome_libsecret'): FakeKeyring {
  const waiting: (() => void)[] = [];
  const inTime = async (): Promise<void> => {
    if (keyring.isSilent) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const keyring: FakeKeyring = {
    backend,
    isUsable: true,
    secret: 'one',
    isForgetful: false,
    isSilent: false,
    wake() {
      keyring.isSilent = false;
      for (const resolve of waiting.splice(0)) resolve();
    },
    async state() {
      await inTime();
      return { backend: keyring.backend, isUsable: keyring.isUsable };
    },
    async seal(text) {
      await inTime();
      if (!keyring.isUsable) throw new Error('no keyring');
      return Buffer.from(JSON.stringify([keyring.backend, keyring.secret, text])).toString('base64');
    },
    async unseal(sealed) {
      await inTime();
      const [by, secret, text] = JSON.parse(Buffer.from(sealed, 'base64').toString()) as [string, string, string];
      if (!keyring.isUsable || by !== keyring.backend || secret !== keyring.secret) throw new Error('cannot open');
      return keyring.isForgetful ? `${text}?` : text;
    },
  };
  return keyring;
}
