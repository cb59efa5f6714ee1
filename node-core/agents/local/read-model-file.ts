import fs, { type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { FailureError } from '../../api/failures.ts';
import type { modelFileDefectSchema } from '../../api/model-file-defect.ts';
import { errorCode } from '../../platform/socket-error.ts';
import {
  type GgufHeader,
  type GgufReading,
  headerBytesAtMost,
  isSplitName,
  readGguf,
} from '../../protocol/local/gguf/read-gguf.ts';

/** A model file whose header was read and found good. */
export interface CheckedModelFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** ms since the epoch, whole. */
  readonly modifiedAt: number;
  readonly header: GgufHeader;
}

const firstBytes = 1024 * 1024;

/** Reads and checks the header of a model file. Rejects with `model-file`. @param file absolute */
export async function readModelFile(file: string): Promise<CheckedModelFile> {
  if (isSplitName(path.basename(file))) throw refused(file, 'split');
  const unreadable = (error: unknown): never => {
    throw refused(file, ['ENOENT', 'ENOTDIR'].includes(errorCode(error)) ? 'missing' : 'unreadable', error);
  };
  // Opening a pipe would wait for somebody who writes into it.
  if (!(await fs.stat(file).catch(unreadable)).isFile()) throw refused(file, 'not-gguf');
  const handle = await fs.open(file, 'r').catch(unreadable);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw refused(file, 'not-gguf');
    const reading = await readHeader(handle, stat.size);
    if (reading.kind === 'refused') throw refused(file, reading.defect);
    if (reading.kind === 'more') throw refused(file, 'damaged');
    return { path: file, sizeBytes: stat.size, modifiedAt: Math.floor(stat.mtimeMs), header: reading.header };
  } catch (error) {
    throw error instanceof FailureError ? error : refused(file, 'unreadable', error);
  } finally {
    await handle.close();
  }
}

/** Most headers are small; those with large vocabularies are read again with more. */
async function readHeader(handle: FileHandle, fileBytes: number): Promise<GgufReading> {
  for (let length = firstBytes; ; length *= 4) {
    const buffer = Buffer.alloc(Math.min(length, fileBytes, headerBytesAtMost));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    const reading = readGguf(buffer.subarray(0, bytesRead), fileBytes);
    if (reading.kind !== 'more' || bytesRead < length) return reading;
  }
}

const refused = (file: string, defect: z.infer<typeof modelFileDefectSchema>, cause?: unknown): FailureError =>
  new FailureError({ kind: 'model-file', path: file.slice(0, 2000), defect }, { cause });
