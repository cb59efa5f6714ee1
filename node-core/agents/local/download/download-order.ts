import type { FileHandle } from 'node:fs/promises';
import type { TlsTrust } from '../../../platform/open-socket.ts';
import type { Clock } from '../../../protocol/ports/clock.ts';

/** What a file has to be. */
export interface ExpectedFile {
  readonly size:
    | { readonly kind: 'exact'; readonly bytes: number }
    | { readonly kind: 'at-most'; readonly bytes: number };
  /** Subresource integrity of one digest: `sha256-<base64>` or `sha512-<base64>`. */
  readonly integrity: string;
}

/** How a download goes on. */
export type DownloadStep =
  /** What an earlier run has left is read again. */
  | { readonly kind: 'checking'; readonly checkedBytes: number; readonly partBytes: number }
  | { readonly kind: 'receiving'; readonly receivedBytes: number; readonly totalBytes: number | null }
  /** Cut or put off; the next try comes in `delayMs`. */
  | { readonly kind: 'waiting'; readonly delayMs: number; readonly receivedBytes: number }
  /**
   * What had arrived is thrown away. `changed`: the file there is another one now; `no-ranges`: whoever serves it cannot
   * go on in the middle; `damaged`: the whole had a wrong checksum, and a part of it was of an earlier run.
   */
  | { readonly kind: 'started-over'; readonly why: 'changed' | 'no-ranges' | 'damaged' };

/** One file to be downloaded. */
export interface DownloadOrder {
  /** https; http only on this computer, or where `mayBePlain`. */
  readonly url: URL;
  /** The person named this address, so it may be http. */
  readonly mayBePlain: boolean;
  /** Absolute path of the finished file. `<to>.part` and `<to>.part.json` stand beside it until it is whole. */
  readonly to: string;
  readonly expected: ExpectedFile;
  /** Ends it at once; what has arrived stays, so that the next order for the same file goes on. */
  readonly signal: AbortSignal;
  readonly onStep?: (step: DownloadStep) => void;
}

/** By what means files are downloaded. */
export interface DownloadMeans {
  readonly clock: Clock;
  /** 0 <= x < 1, for the jitter of retries. */
  readonly random: () => number;
  /** The proxy to be asked for an address; `null`: none. */
  readonly proxyFor: (url: URL) => URL | null;
  /** Whom to trust; default: Node's own list of authorities. */
  readonly trust?: TlsTrust;
  /** Room that has to stay free beside the file, bytes; default 256 MB. */
  readonly spareBytes?: number;
  /** For tests of what a disk does. */
  readonly disk?: DownloadDisk;
}

/** What is used of the disk that files go to. */
export interface DownloadDisk {
  /** Opens for reading and writing, makes the file if it is missing, and keeps what is in it. */
  openPart(file: string): Promise<FileHandle>;
  freeBytes(folder: string): Promise<number>;
}
