const maxMessageChars = 300;
const maxFrames = 12;
const maxDepth = 3;

/** What of an error may stand in a log. */
export interface DescribedError {
  readonly name: string;
  readonly message: string;
  /** The system's name of what went wrong: `ECONNREFUSED`. */
  readonly code?: string;
  /** Where it was thrown. */
  readonly at?: readonly string[];
  readonly cause?: unknown;
}

/**
 * What of an error may stand in a log: never its other properties, for the errors of providers carry whole requests
 * and answers in them. Of what is no error, only its kind.
 */
export function describeError(error: unknown, depth = 0): DescribedError | string {
  if (!(error instanceof Error)) return typeof error === 'string' ? cut(error) : typeof error;
  const at = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, maxFrames)
    .map((line) => line.trim());
  return {
    name: error.name,
    message: cut(error.message),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(at ? { at } : {}),
    ...(error.cause !== undefined && depth < maxDepth ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

const cut = (text: string): string => (text.length > maxMessageChars ? `${text.slice(0, maxMessageChars)}…` : text);
