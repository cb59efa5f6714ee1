import { useTranslation } from 'react-i18next';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import type { LinkedPart } from './draft-store.ts';
import { canRemoveLinked, withoutLinked } from './linked-part.ts';
import { useDraft } from './use-draft.ts';

interface LinkedNoteProps {
  readonly draftKey: string;
  /** Whether an agent is here; asked only once the agents are known. */
  readonly hasAgent: (id: string) => boolean;
  /** Who would answer. */
  readonly agentName: string;
}

/** Says over the composer that the person did not write what stands in it. */
export function LinkedNote({ draftKey, hasAgent, agentName }: LinkedNoteProps) {
  const { t } = useTranslation();
  const [draft, change] = useDraft(draftKey);
  const { linked } = draft;
  if (!linked) return null;
  const isAgentMissing = linked.agentId !== null && !hasAgent(linked.agentId);
  return (
    <Banner
      tone="warn"
      className="mb-2"
      action={
        canRemoveLinked(draft) && (
          <Button size="sm" onClick={() => change(withoutLinked)}>
            {t('links.remove')}
          </Button>
        )
      }
      onDismiss={() => change((before) => ({ ...before, linked: null }))}
    >
      <LinkedSentence linked={linked} />{' '}
      {isAgentMissing && t('links.agentMissing', { asked: linked.agentId, agent: agentName })}
    </Banner>
  );
}

function LinkedSentence({ linked }: { readonly linked: LinkedPart }) {
  const { t } = useTranslation();
  const { source, text, isBelow, areSeveral } = linked;
  if (areSeveral) return t('links.textFromSeveral');
  if (text === '') return t(source === 'link' ? 'links.chatFromLink' : 'links.chatFromFile');
  if (isBelow) return t(source === 'link' ? 'links.belowFromLink' : 'links.belowFromFile');
  return t(source === 'link' ? 'links.textFromLink' : 'links.textFromFile');
}
