import { type Failure, failureOf as failureIn } from '../../node-core/api/failures.ts';

/** The failure that work ends with; throws when it ends otherwise. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  const failure = failureIn(error);
  if (!failure) throw new Error(`no failure, but ${String(error)}`);
  return failure;
}

/** The kind of that failure alone. */
export const refusalOf = async (work: Promise<unknown>): Promise<Failure['kind']> => (await failureOf(work)).kind;
