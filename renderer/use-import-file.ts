import { useState } from 'react';
import { maxAgentTextChars } from '../node-core/api/agent-contract.ts';
import type { CallResult } from '../node-core/api/contract.ts';
import type { Failure } from '../node-core/api/failures.ts';
import { useCall } from './rpc/use-call.ts';

/** Largest file that is read at all, in bytes; a review takes no more characters than this has bytes. */
const maxFileBytes = { 'agents.review': maxAgentTextChars, 'recipes.review': 512 * 1024 } as const;

type Review = keyof typeof maxFileBytes;

interface ImportFile {
  open(file: File): Promise<void>;
  readonly failure: Failure | null;
  clear(): void;
}

/** Reads a file of an agent or a recipe for a look at what it holds; nothing is kept. */
export function useImportFile<N extends Review>(name: N, onReview: (review: CallResult<N>) => void): ImportFile {
  const look = useCall<Review>(name);
  const [tooLarge, setTooLarge] = useState<Failure | null>(null);
  const clear = () => {
    setTooLarge(null);
    look.clear();
  };
  const open = async (file: File): Promise<void> => {
    clear();
    const limitBytes = maxFileBytes[name];
    if (file.size > limitBytes) {
      return setTooLarge({ kind: 'too-large', what: file.name.slice(0, 100), sizeBytes: file.size, limitBytes });
    }
    const outcome = await look.run({ text: await file.text() });
    // The call's own name decides what it returns.
    if (outcome.isOk) onReview(outcome.value as CallResult<N>);
  };
  return { open, failure: tooLarge ?? look.failure, clear };
}
