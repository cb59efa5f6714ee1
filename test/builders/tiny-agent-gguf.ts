import { type GgufTensor, ggufEntry, writeGguf, zeros } from './gguf-writer.ts';
import { type TinyAgent, tinyAgentPlan } from './tiny-agent-plan.ts';

/**
 * Writes a model that calls tools, as GGUF: one that a real llama.cpp loads and runs, and that does what the plan says.
 *
 * Every token is a dimension of its own, but for single bytes, which share one; and the output weighs for each the one that follows. Where several could follow,
 * each has a rule, and a head of the attention that looks for the rule's text in everything before: its query is the same
 * for all tokens, its key is there for that text alone. The heads turn (RoPE) in a dimension so slow that they do not turn.
 * Returns its size, bytes.
 */
export function writeTinyAgent(file: string, agent: TinyAgent): number {
  const plan = tinyAgentPlan(agent);
  const dimensions = 1 + plan.tokens.filter(isItself).length;
  const size =
    Math.ceil(Math.max(dimensions + plan.seen.length, plan.seen.length * headLength) / headLength) * headLength;
  return writeGguf(file, metadataOf(agent, plan.tokens, size), tensorsOf(plan, size));
}

const headLength = 8;
const feedForward = 32;
/** Large enough that what follows is never in doubt, and small enough for 16 bits. */
const [sure, sharp] = [1e4, 30];

type Plan = ReturnType<typeof tinyAgentPlan>;

const isItself = ({ kind }: Plan['tokens'][number]): boolean => kind === 'own' || kind === 'control';

/** For each token its dimension; 0 is that of all which are nothing in particular. */
function dimensionsOf(tokens: Plan['tokens']): readonly number[] {
  let last = 0;
  return tokens.map((token) => {
    if (!isItself(token)) return 0;
    last += 1;
    return last;
  });
}

function tensorsOf(plan: Plan, size: number): readonly GgufTensor[] {
  const vocabulary = plan.tokens.length;
  const dimensions = dimensionsOf(plan.tokens);
  const dimensionOf = (token: number): number => dimensions[token] ?? 0;
  const gates = size - plan.seen.length;
  const ones = (name: string): GgufTensor => ({ name, shape: [size], values: new Float32Array(size).fill(1) });
  const named = (name: string, width: number, height: number) => {
    const tensor = zeros(name, width, height);
    const set = (column: number, row: number, value: number): void => {
      tensor.values[row * width + column] = value;
    };
    return { tensor, set };
  };
  const embedding = named('token_embd.weight', size, vocabulary);
  const output = named('output.weight', size, vocabulary);
  const [query, key, value, attention] = ['q', 'k', 'v', 'output'].map((part) =>
    named(`blk.0.attn_${part}.weight`, size, size),
  );
  if (!query || !key || !value || !attention) throw new Error('a part is missing');
  const scale = Math.sqrt(size);
  for (let token = 0; token < vocabulary; token += 1) embedding.set(dimensionOf(token), token, 1);
  for (const { after, next, liking } of plan.follows) output.set(dimensionOf(after), next, sure + liking);
  plan.seen.forEach((token, rule) => {
    const [turns, still] = [rule * headLength, rule * headLength + headLength - 1];
    for (let each = 0; each < gates; each += 1) query.set(each, still, sharp / scale);
    key.set(dimensionOf(token), still, sharp / scale);
    value.set(dimensionOf(token), turns, 1 / scale);
    attention.set(turns, gates + rule, 1);
    const { next: all, weight } = plan.wanted[rule] ?? { next: [], weight: 0 };
    for (const next of all) output.set(gates + rule, next, weight);
  });
  return [
    embedding.tensor,
    ones('output_norm.weight'),
    output.tensor,
    ones('blk.0.attn_norm.weight'),
    ...[query, key, value, attention].map(({ tensor }) => tensor),
    ...['q', 'k', 'v'].map((part) => zeros(`blk.0.attn_${part}.bias`, size)),
    ones('blk.0.ffn_norm.weight'),
    zeros('blk.0.ffn_gate.weight', size, feedForward),
    zeros('blk.0.ffn_up.weight', size, feedForward),
    zeros('blk.0.ffn_down.weight', feedForward, size),
  ];
}

function metadataOf({ contextTokens, dialect }: TinyAgent, tokens: Plan['tokens'], size: number): Buffer[] {
  const heads = size / headLength;
  const types = { unknown: 2, control: 3, own: 4, common: 4, byte: 6 } as const;
  return [
    ggufEntry.text('general.architecture', 'qwen2'),
    ggufEntry.text('general.name', 'Tiny Agent'),
    ggufEntry.text('general.license', 'apache-2.0'),
    ggufEntry.number('general.file_type', 0),
    ggufEntry.number('qwen2.context_length', contextTokens),
    ggufEntry.number('qwen2.embedding_length', size),
    ggufEntry.number('qwen2.block_count', 1),
    ggufEntry.number('qwen2.feed_forward_length', feedForward),
    ggufEntry.number('qwen2.attention.head_count', heads),
    ggufEntry.number('qwen2.attention.head_count_kv', heads),
    ggufEntry.fraction('qwen2.attention.layer_norm_rms_epsilon', 1e-6),
    ggufEntry.fraction('qwen2.rope.freq_base', 1e12),
    ggufEntry.text('tokenizer.ggml.model', 'llama'),
    ggufEntry.texts(
      'tokenizer.ggml.tokens',
      tokens.map(({ text }) => text),
    ),
    ggufEntry.fractions(
      'tokenizer.ggml.scores',
      tokens.map((_, token) => -token),
    ),
    ggufEntry.numbers(
      'tokenizer.ggml.token_type',
      tokens.map(({ kind }) => types[kind]),
    ),
    ggufEntry.number('tokenizer.ggml.bos_token_id', 1),
    ggufEntry.number('tokenizer.ggml.eos_token_id', 2),
    ggufEntry.number('tokenizer.ggml.unknown_token_id', 0),
    ggufEntry.no('tokenizer.ggml.add_bos_token'),
    ggufEntry.no('tokenizer.ggml.add_space_prefix'),
    ggufEntry.text('tokenizer.chat_template', dialect === 'plain' ? plainTemplate : toolTemplate),
  ];
}

/** A template that knows nothing of tools. */
const plainTemplate =
  "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}";

/** A template of the kind that the models of the catalogue have: messages between marks, calls of tools as JSON. */
const toolTemplate = [
  `{%- macro opened(role) %}{{ '<|im_start|>' + role + '\\n' }}{% endmacro %}`,
  `{%- for message in messages %}`,
  `{%- if message.role == 'tool' %}`,
  `{%- if loop.index0 == 0 or messages[loop.index0 - 1].role != 'tool' %}{{ '<|im_start|>user' }}{% endif %}`,
  `{{- '\\n<tool_response>\\n' + message.content + '\\n</tool_response>' }}`,
  `{%- if loop.last or messages[loop.index0 + 1].role != 'tool' %}{{ '<|im_end|>\\n' }}{% endif %}`,
  `{%- elif message.role == 'assistant' and message.tool_calls %}`,
  `{{- opened('assistant') }}{{- message.content if message.content else '' }}`,
  `{%- for call in message.tool_calls %}`,
  `{{- '' if loop.first and not message.content else '\\n' }}`,
  `{{- '<tool_call>\\n{"name": "' + call.function.name + '", "arguments": ' + (call.function.arguments | tojson) + '}\\n</tool_call>' }}`,
  `{%- endfor %}{{- '<|im_end|>\\n' }}`,
  `{%- else %}{{- opened(message.role) + message.content + '<|im_end|>\\n' }}`,
  `{%- endif %}{%- endfor %}`,
  `{%- if add_generation_prompt %}{{- opened('assistant') }}{% endif %}`,
].join('\n');
