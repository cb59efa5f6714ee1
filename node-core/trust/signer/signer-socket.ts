import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { FailureError } from '../../api/failures.ts';
import type { SignerLink } from './json-lines.ts';
import type { SignerServer } from './signer-server.ts';

/** Connects to a signer that is a service of its own. Rejects if none listens. @param file path of its socket */
export function connectToSigner(file: string): Promise<SignerLink> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ path: file });
    socket.once('error', (error) => reject(new Error(`${file}: ${errorCode(error)}`, { cause: error })));
    socket.once('connect', () => resolve({ readable: socket, writable: socket }));
  });
}

/** A signer that listens. */
export interface ListeningSigner {
  /** Takes no more, and ends the connections that are there: a central keeps its own open as long as it runs. */
  close(): Promise<void>;
}

/** More connections at once are not taken. */
const maxConnections = 16;

/**
 * Serves on a Unix socket for the signer's own account and group (0660), in a folder that nobody else can enter. One
 * that a dead signer has left is replaced. Throws `config-invalid` if another one lives there, or the folder is
 * open to others.
 */
export async function listenForNodes(server: SignerServer, file: string): Promise<ListeningSigner> {
  const folder = path.dirname(file);
  await fs.mkdir(folder, { recursive: true, mode: 0o750 });
  const { mode } = await fs.stat(folder);
  if ((mode & 0o007) !== 0) {
    throw unusable(`everybody can enter ${folder}; give the socket a folder of its own with mode 750`);
  }
  await removeStale(file);
  const open = new Set<net.Socket>();
  const listener = net.createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    server.serve({ readable: socket, writable: socket });
  });
  listener.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    listener.once('error', (error) => reject(unusable(`${file}: ${errorCode(error)}`, error)));
    listener.listen(file, resolve);
  });
  await fs.chmod(file, 0o660);
  return {
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

async function removeStale(file: string): Promise<void> {
  const found = await fs.lstat(file).catch(() => null);
  if (found === null) return;
  if (!found.isSocket()) throw unusable(`${file} is there and no socket`);
  const alive = await connectToSigner(file).catch(() => null);
  if (alive !== null) {
    alive.readable.destroy();
    throw unusable(`another signer answers at ${file}`);
  }
  await fs.rm(file, { force: true });
}

const errorCode = (error: Error): string => ('code' in error ? String(error.code) : error.message);

const unusable = (reason: string, cause?: unknown): FailureError =>
  new FailureError(
    { kind: 'config-invalid', name: '--socket', source: 'command line', reason: reason.slice(0, 500) },
    { cause },
  );
