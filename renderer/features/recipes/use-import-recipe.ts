import { useState } from 'react';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { RecipeReview } from '../../../node-core/api/recipe-views.ts';
import { useCall } from '../../rpc/use-call.ts';

/** Largest file that is read at all, in bytes. */
const maxFileBytes = 512 * 1024;

/** Reads a file for a look at what it holds. */
export function useImportRecipe(onReview: (review: RecipeReview) => void) {
  const look = useCall('recipes.review');
  const [tooLarge, setTooLarge] = useState<Failure | null>(null);
  const clear = () => {
    setTooLarge(null);
    look.clear();
  };
  const open = async (file: File): Promise<void> => {
    clear();
    if (file.size > maxFileBytes) {
      const what = file.name.slice(0, 100);
      return setTooLarge({ kind: 'too-large', what, sizeBytes: file.size, limitBytes: maxFileBytes });
    }
    const outcome = await look.run({ text: await file.text() });
    if (outcome.isOk) onReview(outcome.value);
  };
  return { open, failure: tooLarge ?? look.failure, clear };
}
