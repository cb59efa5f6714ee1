import { createHash, type Hash } from 'node:crypto';
import fs, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../../../platform/atomic-file.ts';
import { partOf, removePartRecord } from './part-record.ts';

const readBytes = 1024 * 1024;

/** The unfinished file: what has arrived, on the disk and in the digest. */
export class PartFile {
  readonly #to: string;
  readonly #handle: FileHandle;
  readonly #algorithm: 'sha256' | 'sha512';
  #hash: Hash;
  #receivedBytes = 0;
  /** Bytes of an earlier run, which this one has only read. */
  #foundBytes = 0;

  /** @param handle of `<to>.part`, for reading and writing */
  constructor(to: string, handle: FileHandle, algorithm: 'sha256' | 'sha512') {
    this.#to = to;
    this.#handle = handle;
    this.#algorithm = algorithm;
    this.#hash = createHash(algorithm);
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  get foundBytes(): number {
    return this.#foundBytes;
  }

  /** Takes what an earlier run has left into the digest. @param onRead told how many bytes have been read */
  async takeOver(signal: AbortSignal, onRead: (bytes: number) => void): Promise<void> {
    const buffer = Buffer.allocUnsafe(readBytes);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await this.#handle.read(buffer, 0, readBytes, this.#receivedBytes);
      if (bytesRead === 0) break;
      this.#hash.update(buffer.subarray(0, bytesRead));
      this.#receivedBytes += bytesRead;
      onRead(this.#receivedBytes);
    }
    this.#foundBytes = this.#receivedBytes;
  }

  async append(chunk: Uint8Array): Promise<void> {
    let written = 0;
    while (written < chunk.length) {
      const rest = chunk.length - written;
      const { bytesWritten } = await this.#handle.write(chunk, written, rest, this.#receivedBytes + written);
      written += bytesWritten;
    }
    this.#hash.update(chunk);
    this.#receivedBytes += chunk.length;
  }

  /** Throws away what is there. */
  async clear(): Promise<void> {
    await this.#handle.truncate(0);
    this.#hash = createHash(this.#algorithm);
    this.#receivedBytes = 0;
    this.#foundBytes = 0;
  }

  /** Whether what has arrived has this digest (`sha256-<base64>`). */
  matches(integrity: string): boolean {
    const digest = this.#hash.copy().digest('base64');
    return `${this.#algorithm}-${digest}` === integrity;
  }

  /** Makes it the finished file, durably. */
  async finish(): Promise<void> {
    await this.#handle.sync();
    await this.close();
    await fs.rename(partOf(this.#to), this.#to);
    await syncFolder(path.dirname(this.#to));
    await removePartRecord(this.#to);
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.#handle.close();
  }
}
