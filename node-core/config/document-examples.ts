/** Values that documents print to be replaced; somebody copied the line and forgot to. */
const examples: readonly RegExp[] = [
  /^sk-(?:ant-|proj-)?(?:\.{3}|…|x{3,}$)/i,
  /(?:^|\/\/|@)your[-_][a-z0-9_-]*(?:server|host|key|token|secret|name|password|url)\b/i,
  /\buser:pass(?:word)?@host\b/i,
  /^<[^<>]*>$/,
];

/** Whether a value is still the example of a document, and so says nothing. */
export function isDocumentExample(value: string): boolean {
  return examples.some((example) => example.test(value.trim()));
}
