import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { FailureError } from '../../api/failures.ts';
import { type AtomicFiles, writeFileAtomically } from '../../platform/atomic-file.ts';
import { flatMembership, type Membership, membershipSchema } from './membership-record.ts';
import type { MembershipStore } from './membership-store.ts';

export interface MembershipFileOptions {
  /** `<data>/identity/membership.json`, absolute. */
  readonly file: string;
  /** What it is written with; the file system by default. */
  readonly files?: AtomicFiles;
}

/** Two directories with their chains stay far below it. */
const limitBytes = 4 * 1024 * 1024;
const versionedSchema = z.object({ version: z.number() });

/**
 * The membership in its file, readable by its owner alone. No file: a flat node. Rejects with a FailureError
 * `membership-unreadable` for a file that cannot be understood or that a newer Nunba wrote; it stays as it is.
 */
export async function openMembershipFile(options: MembershipFileOptions): Promise<MembershipStore> {
  const { file } = options;
  const listeners = new Set<() => void>();
  let present = await readMembership(file);
  let lastChange: Promise<unknown> = Promise.resolve();

  const write = async (change: (present: Membership) => Membership): Promise<Membership> => {
    const next = change(present);
    if (next === present) return present;
    const stored = membershipSchema.parse(next);
    await writeMembership(file, stored, options.files);
    present = stored;
    for (const listener of [...listeners]) listener();
    return stored;
  };

  return {
    get: () => present,
    update(change) {
      const result = lastChange.then(() => write(change));
      lastChange = result.catch(() => undefined);
      return result;
    },
    async settled() {
      let awaited: Promise<unknown> | null = null;
      while (awaited !== lastChange) {
        awaited = lastChange;
        await awaited;
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

async function readMembership(file: string): Promise<Membership> {
  const text = await readText(file);
  if (text === null) return flatMembership;
  const value = parseJson(text, file);
  const versioned = versionedSchema.safeParse(value);
  if (versioned.success && versioned.data.version > flatMembership.version) {
    throw unreadable(file, 'a newer Nunba wrote it');
  }
  const parsed = membershipSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw unreadable(file, `its ${issue?.path.join('.') || 'content'} is damaged`, parsed.error);
  }
  return parsed.data;
}

/** `null`: there is no file. */
async function readText(file: string): Promise<string | null> {
  try {
    const { size } = await fs.stat(file);
    if (size > limitBytes) throw unreadable(file, 'it is too large');
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    if (error instanceof FailureError) throw error;
    throw unreadable(file, codeOf(error) ?? 'it cannot be read', error);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(file, 'it is damaged', error);
  }
}

async function writeMembership(file: string, membership: Membership, files?: AtomicFiles): Promise<void> {
  const content = `${JSON.stringify(membership, null, 2)}\n`;
  try {
    await writeFileAtomically(file, content, 0o600, files);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new FailureError({ kind: 'storage-full' }, { cause: error });
    const failure = { kind: 'folder-unwritable', path: path.dirname(file), reason: code ?? 'unknown' } as const;
    throw new FailureError(failure, { cause: error });
  }
}

const unreadable = (file: string, reason: string, cause?: unknown): FailureError =>
  new FailureError({ kind: 'membership-unreadable', path: file, reason: reason.slice(0, 300) }, { cause });

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
