/** How a program ended. */
export interface Exit {
  /** `null` when a signal ended it, or when it never ran. */
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of what it wrote to standard error. */
  readonly errorText: string;
}

const knownCauses: readonly (readonly [RegExp, string | ((match: RegExpExecArray) => string)])[] = [
  [
    /Missing X server|cannot open display|Failed to open Wayland|ozone_platform/i,
    'there is no display that it can use',
  ],
  [/Running as root without --no-sandbox/i, 'it does not run as root'],
  [
    /No usable sandbox|SUID sandbox helper|setuid_sandbox|user namespace/i,
    'this system closes user namespaces, which its sandbox needs',
  ],
  [
    /error while loading shared libraries: ([^\s:]+)/i,
    (match) => `this system lacks the library ${match[1] ?? 'that it needs'}`,
  ],
  [/GLIBC_[\d.]+.*not found/i, 'this system is too old for it'],
];

/** Why a window program (Electron, Chromium) did not start, as the end of a sentence. */
export function explainExit({ code, signal, errorText }: Exit): string {
  for (const [pattern, cause] of knownCauses) {
    const match = pattern.exec(errorText);
    if (match) return typeof cause === 'string' ? cause : cause(match);
  }
  if (code === null && signal === null) return errorText || 'it could not be started';
  return signal ? `it was ended at once by ${signal}` : `it ended at once with exit code ${code ?? 'unknown'}`;
}
