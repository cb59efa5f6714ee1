import { type AskedPrompt, calls, type Piece, type Reply, refuses, type Script, says, words } from './reply.ts';

/** How the built-in script behaves; also chosen by a word `play:<name>` in the person's last prompt. */
export const playNames = [
  'answer',
  'long',
  'markdown',
  'checklist',
  'quote',
  'think',
  'think-tags',
  'length',
  'empty',
  'cut',
  'no-done',
  'stall',
  'silence',
  'hang-up',
  '401',
  '404',
  '429',
  '500',
  'context-full',
  'no-tools',
  'bad-sse',
  'long-line',
  'html',
  'tools-well',
  'tools-wrong',
  'tools-forever',
] as const;
export type PlayName = (typeof playNames)[number];

const isPlayName = (name: string): name is PlayName => (playNames as readonly string[]).includes(name);

const megabyte = 1024 * 1024;

const stream = (pieces: readonly Piece[], rate: number | null): Reply => ({
  kind: 'stream',
  pieces,
  rate,
  ending: 'finish',
});

/** `word:<number>` in the prompt, such as `rate:20`. */
const numberIn = (text: string, word: string): number | null => {
  const found = new RegExp(`\\b${word}:(\\d+)`).exec(text)?.[1];
  return found === undefined ? null : Number(found);
};

const count = (howMany: number): string => Array.from({ length: howMany }, (_, index) => `word${index + 1}`).join(' ');

const plainAnswer = (prompt: AskedPrompt): string => `You wrote: ${prompt.lastText} — and this is the answer.`;

const markdown = `## A heading

A paragraph with **bold**, *italic* and \`code\`.

- one
- two

\`\`\`ts
const answer = 42;
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

$$e^{i\\pi} + 1 = 0$$
`;

const checklist = 'Here is the plan:\n\n- [ ] Choose a day\n- [ ] Invite everybody\n- [x] Have the idea\n';

/** The file that a prompt names as attached: `attachment <id>`. */
const attachmentIn = (prompt: AskedPrompt): string | null =>
  /attachment[^0-9A-Z]*([0-9A-HJKMNP-TV-Z]{26})/.exec(prompt.messages.map((each) => each.text).join('\n'))?.[1] ?? null;

const wellCalled = (prompt: AskedPrompt): Reply => {
  const last = prompt.toolResults.at(-1);
  if (last !== undefined) return says(`The tool answered: ${last.slice(0, 400)}`);
  const id = attachmentIn(prompt);
  return prompt.tools.includes('read_attachment') && id !== null
    ? calls('read_attachment', { attachmentId: id })
    : calls('search_chats', { query: /find:(\S+)/.exec(prompt.lastText)?.[1] ?? 'hello' });
};

/** First no JSON at all, then JSON that the schema refuses, then an unknown tool; at last it answers. */
const wronglyCalled = (prompt: AskedPrompt): Reply => {
  const mistakes: readonly Reply[] = [
    calls('search_chats', '{"query": "unfinis', 'call_1'),
    calls('search_chats', { query: 7, extra: true }, 'call_2'),
    calls('format_disk', { drive: 'c' }, 'call_3'),
  ];
  return mistakes[prompt.toolResults.length] ?? says('I give up on tools; here is an answer.');
};

const calledForEver = (prompt: AskedPrompt): Reply =>
  calls('search_chats', { query: `again ${prompt.toolResults.length + 1}` }, `call_${prompt.toolResults.length + 1}`);

/** Reads the attached file if it can, then quotes its first line as the Researcher is told to. */
const quote = (prompt: AskedPrompt): Reply => {
  const id = attachmentIn(prompt);
  const result = prompt.toolResults.at(-1);
  if (result === undefined && id !== null && prompt.tools.includes('read_attachment')) {
    return calls('read_attachment', { attachmentId: id });
  }
  const name = /"name":"([^"]+)"/.exec(result ?? '')?.[1] ?? 'nothing';
  const line = /"lines":"1: ((?:[^"\\]|\\[^n])*)/.exec(result ?? '')?.[1] ?? 'nothing';
  return says(`This is what it says:\n\n> ${line} [${name}:1]\n`);
};

type Play = (prompt: AskedPrompt, rate: number | null) => Reply;

const plays: Readonly<Record<PlayName, Play>> = {
  answer: (prompt, rate) => says(plainAnswer(prompt), 'finish', rate),
  long: (prompt, rate) => says(count(numberIn(prompt.lastText, 'tokens') ?? 300), 'finish', rate),
  markdown: (_, rate) => says(markdown, 'finish', rate),
  checklist: (_, rate) => says(checklist, 'finish', rate),
  quote,
  think: (prompt, rate) => stream([{ kind: 'reasoning', text: 'Let me think.' }, ...words(plainAnswer(prompt))], rate),
  'think-tags': (prompt, rate) => says(`<think>Let me think.</think>\n\n${plainAnswer(prompt)}`, 'finish', rate),
  length: (_, rate) => says('This answer is cut by the', 'length', rate),
  empty: () => says(''),
  cut: (_, rate) => says('This answer breaks off in the', 'cut', rate),
  'no-done': (_, rate) => says('This answer ends without an end', 'no-done', rate),
  stall: (_, rate) => says('This answer stops coming', 'stall', rate),
  silence: () => ({ kind: 'silence' }),
  'hang-up': () => ({ kind: 'hang-up' }),
  401: () => refuses(401, 'Incorrect API key provided.', { code: 'invalid_api_key' }),
  404: (prompt) => refuses(404, `The model ${prompt.model} does not exist.`, { code: 'model_not_found' }),
  429: (prompt) =>
    refuses(429, 'Rate limit reached.', {
      code: 'rate_limit_exceeded',
      headers: { 'retry-after': String(numberIn(prompt.lastText, 'retry-after') ?? 7) },
    }),
  500: () => refuses(500, 'The server had an error while processing your request.'),
  'context-full': () =>
    refuses(400, "This model's maximum context length is 4096 tokens.", { code: 'context_length_exceeded' }),
  'no-tools': (prompt, rate) =>
    prompt.tools.length > 0
      ? refuses(400, `registry.ollama.ai/library/${prompt.model} does not support tools`)
      : says(plainAnswer(prompt), 'finish', rate),
  'bad-sse': () => ({
    kind: 'raw',
    status: 200,
    contentType: 'text/event-stream',
    body: 'data: {"choices": [{"delta"\n\n: oh\nnonsense\n\n',
  }),
  'long-line': () => ({ kind: 'long-line', sizeBytes: 100 * megabyte }),
  html: () => ({
    kind: 'raw',
    status: 200,
    contentType: 'text/html',
    body: '<!doctype html><html><body>Sign in to the network</body></html>',
  }),
  'tools-well': wellCalled,
  'tools-wrong': wronglyCalled,
  'tools-forever': calledForEver,
};

/**
 * The script that plays by words of the last prompt: `play:<name>` chooses the behaviour, `play:<name>-once` only for
 * the first prompt of that text (then it answers), `rate:<tokens per second>`, `tokens:<count>` (with `play:long`),
 * `retry-after:<seconds>` (with `play:429`), `find:<word>` (with `play:tools-well`).
 */
export function createPlay(otherwise: PlayName, rate: number | null): Script {
  const seen = new Set<string>();
  return (prompt) => {
    const asked = /\bplay:([\w-]+?)(-once)?(?![\w-])/.exec(prompt.lastText);
    const isOver = asked?.[2] !== undefined && seen.has(prompt.lastText);
    seen.add(prompt.lastText);
    const name = isOver ? 'answer' : (asked?.[1] ?? otherwise);
    const speed = numberIn(prompt.lastText, 'rate') ?? rate;
    return plays[isPlayName(name) ? name : 'answer'](prompt, speed);
  };
}
