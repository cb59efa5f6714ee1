import path from 'node:path';
import process from 'node:process';
import { findElectron } from '../../../build/launch/electron-binary.ts';

const root = path.join(import.meta.dirname, '../../..');

/** What the desktop specs run on. */
export interface DesktopProgram {
  /** `stand-in` proves nothing about Electron itself: sandbox, `app:` origin, real ports, tray, keyring. */
  readonly kind: 'electron' | 'stand-in';
  readonly file: string;
  /** The folder of the app: the checkout, or what was packed (`E2E_APP`). */
  readonly appFolder: string;
}

/** Electron where its program is there, else the stand-in. */
export function findDesktopProgram(): DesktopProgram {
  const electron = findElectron(root, process.env.ELECTRON_OVERRIDE_DIST_PATH, process.platform);
  const standIn = path.join(root, 'test/electron-stand-in/electron-stand-in');
  const appFolder = process.env.E2E_APP ? path.resolve(process.env.E2E_APP) : root;
  return { kind: electron ? 'electron' : 'stand-in', file: electron ?? standIn, appFolder };
}
