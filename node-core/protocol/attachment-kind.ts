/** What a file turned out to be, by its content; the name and the media type it came with are only hints. */
export type AttachmentKind =
  | { readonly kind: 'image'; readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp' }
  | { readonly kind: 'text'; readonly mediaType: string }
  | { readonly kind: 'unsupported' };

const textApplicationTypes = new Set(
  ['json', 'ld+json', 'xml', 'xhtml+xml', 'javascript', 'ecmascript', 'typescript', 'yaml', 'x-yaml', 'toml', 'sql']
    .concat(['x-sh', 'x-shellscript', 'x-python', 'x-python-code', 'x-httpd-php', 'x-tex', 'x-latex', 'graphql'])
    .concat(['x-ndjson', 'jsonl', 'csv', 'x-subrip', 'x-perl', 'x-ruby', 'manifest+json', 'geo+json'])
    .map((name) => `application/${name}`),
);

/** Endings of files that hold text although browsers give them another media type or none. */
const textEndings = new Set(
  'txt md markdown mdx rst adoc org tex bib csv tsv json jsonl ndjson json5 yaml yml toml ini cfg conf env properties xml html htm xhtml svg css scss sass less js mjs cjs jsx ts mts cts tsx vue svelte astro py pyi rb php pl pm lua r jl java kt kts scala groovy gradle clj cljs edn ex exs erl hs ml mli fs fsx cs vb go rs swift m mm c h cc cpp cxx hpp hh zig nim d dart sol asm s sql graphql gql proto thrift sh bash zsh fish ps1 bat cmd dockerfile makefile cmake tf hcl nix diff patch log srt vtt ics vcf eml po ipynb lock'.split(
    ' ',
  ),
);

const begins = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((byte, index) => bytes[at + index] === byte);

const riff = [0x52, 0x49, 0x46, 0x46];
const webp = [0x57, 0x45, 0x42, 0x50];

function imageType(bytes: Uint8Array): 'image/png' | 'image/jpeg' | 'image/webp' | null {
  if (begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (begins(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  return begins(bytes, riff) && begins(bytes, webp, 8) ? 'image/webp' : null;
}

/** UTF-8 without the characters that only files of another kind hold (NUL and most control characters). */
function isText(bytes: Uint8Array): boolean {
  for (const byte of bytes) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b) return false;
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Whether name and media type leave it open, or say, that the file is text. */
function mayBeText(name: string, mediaType: string): boolean {
  if (mediaType === '' || mediaType === 'application/octet-stream' || mediaType.startsWith('text/')) return true;
  if (textApplicationTypes.has(mediaType) || /\+(?:xml|json|yaml)$/.test(mediaType)) return true;
  return textEndings.has(name.toLowerCase().split('.').at(-1) ?? '');
}

/**
 * Pictures are known by their first bytes, whatever they are called; text must be UTF-8 and must not be called
 * something else.
 * @param mediaType as the page gives it, perhaps empty or with parameters
 */
export function attachmentKind(name: string, mediaType: string, bytes: Uint8Array): AttachmentKind {
  const image = imageType(bytes);
  if (image) return { kind: 'image', mediaType: image };
  const claimed = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  if (!mayBeText(name, claimed) || !isText(bytes)) return { kind: 'unsupported' };
  const isVague = claimed === '' || claimed === 'application/octet-stream' || /^(?:image|audio|video)\//.test(claimed);
  return { kind: 'text', mediaType: isVague ? 'text/plain' : claimed };
}
