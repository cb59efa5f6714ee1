/** Where updates come from, and whose word counts. */
export interface UpdateSource {
  /** Folder on a web server, with a slash at its end: what electron-builder calls a generic feed. */
  readonly feed: string;
  /** The public Ed25519 key that releases are signed with: 32 bytes. */
  readonly releaseKey: Uint8Array;
}

/** Put in by the build (`build/targets.ts`): the address of the feed and the key in base64, or nothing. */
declare const NUNBA_UPDATE_FEED: string;
declare const NUNBA_RELEASE_KEY: string;

/** What this build was made with; `null` if it names no feed, and then nothing of the updates runs. */
export function updateSource(): UpdateSource | null {
  if (NUNBA_UPDATE_FEED === '' || NUNBA_RELEASE_KEY === '') return null;
  return { feed: NUNBA_UPDATE_FEED, releaseKey: Uint8Array.from(Buffer.from(NUNBA_RELEASE_KEY, 'base64')) };
}
