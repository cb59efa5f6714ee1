/**
 * Models that take images, by what their names begin with or hold. A name that is not known is taken to be blind: the
 * person is told so instead of getting an answer about a picture that nobody saw.
 */
const seeing: readonly RegExp[] = [
  /\b(?:vision|vl|multimodal|omni)\b/,
  /\bgpt-(?:4o|4\.1|4\.5|4-turbo|[5-9])/,
  /\bo[1349](?:-pro)?(?:-\d{4}|$)|\bo4-mini/,
  /\bclaude-(?:3|opus|sonnet|haiku|fable|[4-9])/,
  /\bgemini\b/,
  /\bgemma-?(?:3|4|3n)(?!.*\b(?:270m|1b)\b)/,
  /\bllava|\bbakllava|\bmoondream|\bminicpm-?v|\bpixtral|\binternvl|\bcogvlm|\bfuyu|\bidefics|\bsmolvlm/,
  /\bqwen[\d.]*-?vl|\bqwen3\.[5-9]/,
  /\bllama-?4|\bllama-?3\.2-(?:11|90)b|\bllama3\.2-vision/,
  /\bmistral-(?:small-?3\.[1-9]|medium-3|small3\.[1-9])/,
  /\bphi-?(?:3(?:\.5)?-vision|4-multimodal)/,
  /\bgranite[\d.]*-vision|\bgrok-(?:vision|[4-9])|\bdeepseek-?(?:vl|ocr)/,
];

/** Names that match above but belong to models that write or speak only. */
const blind =
  /\bgpt-(?:4o|\d)[^/]*-(?:audio|realtime|transcribe|tts|search)|\bo1-mini|\bo3-mini|embed|\btts\b|-codex-text/;

/** Whether a model is known to take images, told from its name alone. */
export function canSee(modelId: string): boolean {
  const name = modelId.toLowerCase().replaceAll('_', '-');
  return !blind.test(name) && seeing.some((pattern) => pattern.test(name));
}
