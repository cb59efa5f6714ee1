import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';

/** The computer that the node runs on. */
export interface ThisMachine {
  /** Given at installation and kept until the next one; `null`: it has none, as some containers. */
  readonly id: string | null;
  /** For people. */
  readonly name: string;
}

const timeoutMs = 5_000;

/** Asks the system which computer this is. Never rejects. */
export async function readThisMachine(): Promise<ThisMachine> {
  return { id: await readId(process.platform), name: os.hostname().slice(0, 300) };
}

async function readId(platform: NodeJS.Platform): Promise<string | null> {
  switch (platform) {
    case 'win32':
      return windowsId(await ask('reg', ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid']));
    case 'darwin':
      return macId(await ask('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']));
    default: {
      const [systemd, dbus] = await Promise.all(['/etc/machine-id', '/var/lib/dbus/machine-id'].map(readText));
      return linuxId(systemd ?? '') ?? linuxId(dbus ?? '');
    }
  }
}

/** From `machine-id(5)`; `uninitialized` and an empty file are none. */
export const linuxId = (text: string): string | null => /^[0-9a-f]{32}$/.exec(text.trim())?.[0] ?? null;

/** From the answer of `reg query`. */
export const windowsId = (text: string): string | null =>
  /MachineGuid\s+REG_SZ\s+([0-9a-fA-F-]{36})\s/.exec(text)?.[1]?.toLowerCase() ?? null;

/** From the answer of `ioreg`. */
export const macId = (text: string): string | null =>
  /"IOPlatformUUID" = "([0-9a-fA-F-]{36})"/.exec(text)?.[1]?.toLowerCase() ?? null;

const readText = (file: string): Promise<string | null> => fs.readFile(file, 'utf8').catch(() => null);

function ask(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: timeoutMs, windowsHide: true }, (error, out) => resolve(error ? '' : out));
  });
}
