/** Where the built app looks for updates, as its environment at build time says; both empty where it looks nowhere. */
export interface UpdateFeed {
  /** Address with a slash at its end. */
  readonly feed: string;
  /** Base64 of the public Ed25519 key, 32 bytes. */
  readonly releaseKey: string;
}

/** Names of the variables that `npm run build` reads; both or none. */
export const updateFeedVariables = { feed: 'NUNBA_UPDATE_FEED', key: 'NUNBA_RELEASE_KEY' } as const;

/** Reads the two variables. Throws a sentence if one stands without the other, or cannot be what it should be. */
export function readUpdateFeed(environment: NodeJS.ProcessEnv): UpdateFeed {
  const { feed: feedName, key: keyName } = updateFeedVariables;
  const feed = environment[feedName] ?? '';
  const releaseKey = environment[keyName] ?? '';
  if (feed === '' && releaseKey === '') return { feed, releaseKey };
  if (feed === '') throw new Error(`${keyName} is set but ${feedName} is not. Set both, or neither for no updates.`);
  if (releaseKey === '') {
    throw new Error(`${feedName} is set but ${keyName} is not: without it any update would have to be refused.`);
  }
  if (!/^[A-Za-z0-9+/]{43}=$/.test(releaseKey)) {
    throw new Error(`${keyName} is no public key: the base64 of 32 bytes, as "sign-release.ts keygen" prints it.`);
  }
  return { feed: checkedAddress(feed), releaseKey };
}

function checkedAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHere = url !== null && ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere)) || url.search !== '') {
    throw new Error(`${updateFeedVariables.feed} is no address of a feed: https://, and no question mark in it.`);
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}
