import fs from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { autostartEntry, autostartFile, loginCommand, withCommandOf } from './login-entry.ts';
import type { ShellSettings } from './shell-settings.ts';

/**
 * Keeps what the system starts at login as the person set it. Only a change does anything: what they arranged in the
 * system's own settings stays, but for the program's place in an entry of ours.
 */
export function keepLoginItem(settings: ShellSettings): void {
  const { startAtLogin, startHidden } = settings.get();
  let last = JSON.stringify([startAtLogin, startHidden]);
  if (startAtLogin) attempt(() => renewAutostart(startHidden));
  settings.watch((value) => {
    const wish = JSON.stringify([value.startAtLogin, value.startHidden]);
    if (wish === last) return;
    last = wish;
    attempt(() => apply(value.startAtLogin, value.startHidden));
  });
}

function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    console.error('Starting at login could not be set:', error);
  }
}

function apply(isWished: boolean, isHidden: boolean): void {
  const { program, args } = loginCommand(runningProgram(), isHidden);
  if (process.platform === 'linux') writeAutostart(isWished ? autostartEntry({ program, args }) : null);
  else app.setLoginItemSettings({ openAtLogin: isWished, path: program, args: [...args] });
}

/** An AppImage is a file that people move and that an update may name anew. */
function renewAutostart(isHidden: boolean): void {
  const file = autostartFile(process.env, app.getPath('home'));
  if (process.platform !== 'linux' || !fs.existsSync(file)) return;
  const old = fs.readFileSync(file, 'utf8');
  const renewed = withCommandOf(old, autostartEntry(loginCommand(runningProgram(), isHidden)));
  if (renewed !== old) writeAutostart(renewed);
}

function runningProgram() {
  return {
    execPath: process.execPath,
    checkout: app.isPackaged ? null : app.getAppPath(),
    appImage: process.env.APPIMAGE,
  };
}

/** `null` removes the entry. A reader finds the old entry or the new one. */
function writeAutostart(entry: string | null): void {
  const file = autostartFile(process.env, app.getPath('home'));
  if (entry === null) {
    fs.rmSync(file, { force: true });
    return;
  }
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, entry);
  fs.renameSync(temporary, file);
}
