/** Folders of keys, passwords and browser profiles; each a run of names that follow each other in a path. */
const folders: readonly (readonly string[])[] = [
  ['.ssh'],
  ['.gnupg'],
  ['.aws'],
  ['.azure'],
  ['.kube'],
  ['.docker'],
  ['.password-store'],
  ['.mozilla'],
  ['.thunderbird'],
  ['.config', 'gcloud'],
  ['.config', 'gh'],
  ['.config', 'google-chrome'],
  ['.config', 'chromium'],
  ['.config', 'bravesoftware'],
  ['.config', 'microsoft-edge'],
  ['.config', 'opera'],
  ['.config', 'vivaldi'],
  ['.local', 'share', 'keyrings'],
  ['snap', 'firefox'],
  ['.var', 'app', 'org.mozilla.firefox'],
  ['library', 'keychains'],
  ['library', 'cookies'],
  ['library', 'safari'],
  ['library', 'application support', 'google', 'chrome'],
  ['library', 'application support', 'firefox'],
  ['library', 'application support', 'bravesoftware'],
  ['library', 'application support', 'microsoft edge'],
  ['appdata', 'local', 'google', 'chrome'],
  ['appdata', 'local', 'microsoft', 'edge'],
  ['appdata', 'local', 'bravesoftware'],
  ['appdata', 'roaming', 'mozilla'],
  ['appdata', 'roaming', 'microsoft', 'credentials'],
  ['appdata', 'local', 'microsoft', 'credentials'],
  ['appdata', 'roaming', 'microsoft', 'protect'],
  ['appdata', 'local', 'microsoft', 'vault'],
];

const names: ReadonlySet<string> = new Set([
  '.env',
  '.netrc',
  '_netrc',
  '.pgpass',
  '.my.cnf',
  '.npmrc',
  '.pypirc',
  '.git-credentials',
  '.htpasswd',
  '.vault-token',
  '.bash_history',
  '.zsh_history',
  'id_rsa',
  'id_dsa',
  'id_ecdsa',
  'id_ed25519',
  'logins.json',
  'key3.db',
  'key4.db',
  'cookies.sqlite',
  'login data',
  'wallet.dat',
]);

const patterns: readonly RegExp[] = [
  /\.env$/,
  /^\.env\.(?!example$|sample$|template$|dist$)/,
  /\.(?:pem|key|p12|pfx|ppk|kdbx?|keystore|jks|keychain|keychain-db)$/,
  /^client_secret.*\.json$/,
];

/**
 * Whether a path, as the names below a picked folder, leads to keys, passwords or a browser's profile. Such a thing is
 * in reach only where the person picked its folder itself. Pure.
 */
export function isSecretPlace(parts: readonly string[]): boolean {
  const plain = parts.map(plainName);
  const isFolder = folders.some((run) =>
    plain.some((_, start) => run.every((name, index) => plain[start + index] === name)),
  );
  return isFolder || plain.some((name) => names.has(name) || patterns.some((pattern) => pattern.test(name)));
}

/** A name as the least exact file system takes it: no cases, no invisible characters, no dots or spaces at its end. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .replace(/(?!^)[. ]+$/, '');
