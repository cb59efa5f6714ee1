import { z } from 'zod';
import { call, done, nothing, subscription } from './call-shapes.ts';
import { localModelIdSchema, localModelsSchema } from './local-model-views.ts';

const one = z.object({ id: localModelIdSchema });

/** The share in the contract of local models: what can be downloaded, how it goes, what is here. */
export const localModelCalls = {
  /**
   * Downloads a model of the catalogue, then what runs it if that is not here, then chooses it to answer, or to search by
   * meaning if it is one for embeddings; goes on with what is paused or failed. Of a model that is here, also of a file of the person, it only does what is left. Resolves when it is queued.
   */
  'localModels.get': call(one, done),
  /** Stops a download; what has arrived stays. */
  'localModels.pause': call(one, done),
  /** Gives a download up; nothing of it stays. */
  'localModels.cancel': call(one, done),
  /** Deletes a downloaded file; one that the person named is only forgotten. */
  'localModels.remove': call(one, done),
  /** Searches by words alone again. The model and what was computed with it stay. */
  'localModels.stopMeaning': call(nothing, done),
  /** Adds a GGUF file where it is. Refuses with `model-file`. */
  'localModels.addFile': call(z.object({ path: z.string().trim().min(1).max(4096) }), one),
  /** Sets what is given. A folder of `null` is the one in the data folder; what is in another one stays there. */
  'localModels.configure': call(
    z.object({
      folder: z.string().trim().max(4096).nullable().optional(),
      mirror: z.string().trim().max(500).nullable().optional(),
      proxy: z.string().trim().max(500).nullable().optional(),
    }),
    done,
  ),
} as const;

export const localModelSubscriptions = {
  'localModels.watch': subscription(nothing, localModelsSchema),
} as const;
