import { isSecretPlace } from '../../files/reach/secret-places.ts';
import { type DocumentKind, documentTroubles } from '../documents/document-text.ts';

/** Why a file of a collection is not read. */
export const skipReasons = [
  'document',
  'binary',
  'too-large',
  'secret',
  'over-limit',
  'unreadable',
  ...documentTroubles,
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** What is done with a file, as far as its name tells. */
export type FileKind =
  | { readonly kind: 'text' | 'html' | DocumentKind }
  | { readonly kind: 'skip'; readonly reason: SkipReason };

/** Largest files that are read, bytes: the conversion of HTML takes long, and documents are mostly pictures. */
export const mostFileBytes = {
  text: 20 * 1024 * 1024,
  html: 5 * 1024 * 1024,
  pdf: 100 * 1024 * 1024,
  docx: 100 * 1024 * 1024,
  odt: 100 * 1024 * 1024,
} as const satisfies Readonly<Record<'text' | 'html' | DocumentKind, number>>;

const kindByEnding: Readonly<Record<string, 'html' | DocumentKind>> = {
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  pdf: 'pdf',
  docx: 'docx',
  odt: 'odt',
};

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Text inside of a wrapping that Nunba cannot open yet. */
const documents = set('doc docm dot dotx xls xlsx xlsm ppt pptx ods odp rtf epub mobi azw3 pages numbers djvu');

const binaries = set(
  'png jpg jpeg gif webp bmp tif tiff ico heic avif psd raw cr2 mp3 wav flac ogg m4a aac opus mp4 mkv mov avi webm wmv ' +
    'zip gz bz2 xz zst 7z rar tar tgz iso dmg jar war apk deb rpm exe dll so dylib a o obj lib class pyc pyd wasm bin dat ' +
    'db sqlite sqlite3 db-wal db-shm mdb parquet ttf otf woff woff2 eot gguf safetensors onnx pt pth npy npz pickle pkl',
);

const secrets = set('pem key p12 pfx jks keystore kdbx kdb ppk asc gpg pgp age ovpn agilekeychain');
const secretNames =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519).*|\.env(?:\..*)?|.*\.env|credentials(?:\..*)?|\.?netrc|_netrc|\.?pgpass|\.npmrc|\.pypirc|\.htpasswd|authorized_keys|known_hosts|.*secrets?\.(?:json|ya?ml|toml|ini)|service[-_]account.*\.json|wallet\.dat|logins\.json|key[34]\.db)$/i;

/** Folders in which programs keep what belongs to them, and folders of keys. Compared in lower case. */
const leftOutFolders = set('node_modules __pycache__ bower_components venv keychains $recycle.bin lost+found');

/** The ending of a file's name without the dot, lower case; empty if it has none. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** What is done with a file of this name. What it holds decides later whether it is text. */
export function kindOfFile(name: string): FileKind {
  if (secretNames.test(name) || isSecretPlace([name])) return { kind: 'skip', reason: 'secret' };
  const ending = endingOf(name);
  if (secrets.has(ending)) return { kind: 'skip', reason: 'secret' };
  if (documents.has(ending)) return { kind: 'skip', reason: 'document' };
  if (binaries.has(ending)) return { kind: 'skip', reason: 'binary' };
  return { kind: kindByEnding[ending] ?? 'text' };
}

/** Hidden files and folders (`.ssh`, `.git`, `.env`) and those of programs are passed over without a word. */
export function isPassedOver(name: string, isFolder: boolean): boolean {
  return name.startsWith('.') || (isFolder && leftOutFolders.has(name.toLowerCase()));
}
