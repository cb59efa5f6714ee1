import type { Client } from '../../api/client.ts';
import type { Flags } from '../../config/read-config.ts';
import { systemClock } from '../../platform/system-clock.ts';
import { exitCodes } from '../exit-codes.ts';
import { type ReachedNode, withNode } from '../reach-node.ts';
import type { Surroundings } from '../surroundings.ts';
import { followJoin } from './follow-join.ts';
import { applyingText } from './join-progress.ts';
import { reviewText } from './review-text.ts';

/** What `join` is asked to do. */
export type JoinOrder =
  | { readonly kind: 'link'; readonly link: string; readonly isAgreed: boolean }
  | { readonly kind: 'confirm'; readonly words: string }
  | { readonly kind: 'cancel' };

/** Joins a hive, confirms its words, or ends a join. */
export function join(surroundings: Surroundings, flags: Flags, order: JoinOrder): Promise<number> {
  return withNode(surroundings, flags, (node) => {
    switch (order.kind) {
      case 'link':
        return joinByLink(surroundings, node, order);
      case 'confirm':
        return confirm(surroundings, node, order.words);
      case 'cancel':
        return cancel(surroundings, node);
    }
  });
}

type ReachedClient = Pick<ReachedNode, 'isRunning'> & { readonly client: Pick<Client, 'call' | 'watch'> };

/** Shows what the link says, asks unless it was agreed to, and follows the join. */
export async function joinByLink(
  surroundings: Surroundings,
  { client, isRunning }: ReachedClient,
  { link, isAgreed }: { readonly link: string; readonly isAgreed: boolean },
): Promise<number> {
  const review = await client.call('trust.review', { link });
  surroundings.print(reviewText(review));
  if (!isAgreed) {
    const answer = await surroundings.ask('Join? [y/N] ');
    if (answer === null) {
      surroundings.say('Nothing was joined: there is no terminal to ask on. If you agree, repeat it with --yes.');
      return exitCodes.failed;
    }
    if (!/^y(es)?$/i.test(answer.trim())) {
      surroundings.say('Nothing was joined.');
      return exitCodes.failed;
    }
  }
  await client.call('trust.join', { link });
  const firstLine = applyingText(review.at);
  return followJoin(surroundings, { client, isRunning, firstLine, elapsed: () => systemClock.elapsed() });
}

async function confirm(
  surroundings: Surroundings,
  { client, isRunning }: ReachedClient,
  words: string,
): Promise<number> {
  await client.call('trust.confirm', { words });
  surroundings.print('These are the words. This node trusts that root key from now on.\n');
  return followJoin(surroundings, { client, isRunning, firstLine: null, elapsed: () => systemClock.elapsed() });
}

async function cancel({ print }: Surroundings, { client }: ReachedClient): Promise<number> {
  await client.call('trust.cancel', {});
  print(
    'The join was cancelled. Nothing of it stays here; a request that a steward has not decided may still be listed there.\n',
  );
  return exitCodes.done;
}
