import { z } from 'zod';

/**
 * The program that runs models on this computer has ended, or had to be ended; `load`: it does not take the model; `engine`:
 * it does not work here at all.
 */
export const engineEndedSchema = z.object({
  kind: z.literal('engine-ended'),
  model: z.string().max(300),
  cause: z.enum(['crash', 'hang', 'memory', 'load', 'engine']),
});
export type EngineEndCause = z.infer<typeof engineEndedSchema>['cause'];

/** That program is not here; `unsupported`: there is none for this kind of computer. */
export const engineAbsentSchema = z.object({
  kind: z.literal('engine-absent'),
  reason: z.enum(['not-fetched', 'unsupported']),
});

/** Sentences for both, as in `failureSentences`. */
export const engineSentences = {
  'engine-ended.crash':
    'The answer broke off: the program that runs {{model}} on this computer has stopped. What arrived is kept; try again, and it is started anew.',
  'engine-ended.hang':
    'The answer broke off: the program that runs {{model}} on this computer did not react any more and was ended. Try again, and it is started anew.',
  'engine-ended.memory':
    '{{model}} had to stop: this computer has too little free memory for it. Close other programs and try again, or choose a smaller model.',
  'engine-ended.load':
    '{{model}} could not be loaded: its file is damaged, or of a kind that this Nunba cannot run. Download it again, or choose another model.',
  'engine-ended.engine':
    '{{model}} could not be loaded: the program that runs models does not work on this computer. Its system may be too old for it. Use a program that serves models, or a service, under Settings, Models.',
  'engine-absent.not-fetched':
    'The program that runs models on this computer is not here yet. Get it under Settings, Models.',
  'engine-absent.unsupported':
    'Models cannot run on this kind of computer. Use a program that serves models, or a service, under Settings, Models.',
} as const;
