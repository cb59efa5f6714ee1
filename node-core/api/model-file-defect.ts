import { z } from 'zod';

/** Why a file is no model that can be loaded; the ones of the header as protocol/local/gguf tells them. */
export const modelFileDefectSchema = z.enum([
  'missing',
  'unreadable',
  'not-gguf',
  'big-endian',
  'version',
  'damaged',
  'cut',
  'split',
  'not-a-language-model',
]);

/** Sentences of `model-file`, by defect; part of the failures' sentences. */
export const modelFileSentences = {
  'model-file.missing': 'Nothing was added: there is no file at {{path}}. Check the path.',
  'model-file.unreadable': 'Nothing was added: {{path}} cannot be read. Check its permissions.',
  'model-file.not-gguf': 'Nothing was added: {{path}} is no GGUF file. Nunba runs models of that format alone.',
  'model-file.big-endian':
    'Nothing was added: {{path}} was made for computers with another order of bytes. Get the usual one.',
  'model-file.version':
    'Nothing was added: {{path}} is of a version of GGUF that Nunba does not know. Get a newer or older one.',
  'model-file.damaged': 'Nothing was added: the beginning of {{path}} is damaged. Download it again.',
  'model-file.cut': 'Nothing was added: {{path}} ends too early, so a part of the model is missing. Download it again.',
  'model-file.split':
    'Nothing was added: {{path}} is one of several parts of a model. Join them with `llama-gguf-split --merge`, or get the model in one file.',
  'model-file.not-a-language-model':
    'Nothing was added: {{path}} is a GGUF file, but it neither writes text nor finds what means the same (it is for pictures, or an addition). Choose a chat model, or one for embeddings.',
} as const;
