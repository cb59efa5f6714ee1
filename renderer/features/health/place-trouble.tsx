import { useTranslation } from 'react-i18next';
import { reasonSentence, reasonTitle } from '../../../node-core/api/state-sentences.ts';
import type { StateReason } from '../../../node-core/protocol/state-reason.ts';
import { FixButton } from '../../fix-button.tsx';
import { sentenceText } from '../../messages/sentence-text.ts';
import { Banner } from '../../ui/banner.tsx';

/** Reasons that need the person and that no check speaks for: a node outside of a hive has none about the hive. */
const needy: readonly StateReason['kind'][] = ['join-unconfirmed', 'join-failed', 'membership-ended', 'trust-closed'];

/** What is wrong with the node's place in a hive, so that this page says no less than the state does; or `null`. */
export function placeTroubleOf(reasons: readonly StateReason[]): StateReason | null {
  return reasons.find(({ kind }) => needy.includes(kind)) ?? null;
}

/** Says what is wrong with the node's place in a hive, and leads to where it is mended. */
export function PlaceTrouble({ reason }: { readonly reason: StateReason }) {
  const { t, i18n } = useTranslation();
  return (
    <Banner tone="warn" className="mt-4" action={<FixButton fix={reason.fix} />}>
      <p className="font-semibold">{sentenceText(t, i18n.language, reasonTitle(reason))}</p>
      <p>{sentenceText(t, i18n.language, reasonSentence(reason))}</p>
    </Banner>
  );
}
