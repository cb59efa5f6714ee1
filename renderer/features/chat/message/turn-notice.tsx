import type { TFunction } from 'i18next';
import { Play, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AssistantMessageView, TurnState } from '../../../../node-core/api/conversation-views.ts';
import { failureText } from '../../../messages/failure-text.ts';
import { useScreen } from '../../../screen.tsx';
import { Banner, type BannerTone } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { useThreadSurroundings } from '../thread/thread-context.tsx';
import { noticeMends } from './notice-mends.ts';
import { type NoticeOffer, noticeOffers } from './notice-offers.ts';
import { useMessageActs } from './use-message-acts.ts';

interface TurnNoticeProps {
  readonly message: AssistantMessageView;
  readonly isLast: boolean;
  readonly hasText: boolean;
}

interface Notice {
  readonly tone: BannerTone;
  readonly words: string;
}

/** How an answer ended, where it did not end by itself, and what can be done about it. */
export function TurnNotice({ message, isLast, hasText }: TurnNoticeProps) {
  const { t } = useTranslation();
  const notice = noticeOf(t, message);
  if (!notice) return null;
  const offers = noticeOffers(message.state, isLast, hasText);
  return (
    <Banner
      tone={notice.tone}
      className="mt-2"
      action={
        isLast && (
          <>
            <Mends state={message.state} agentId={message.agentId} />
            <Acts messageId={message.id} offers={offers} />
          </>
        )
      }
    >
      {notice.words}
    </Banner>
  );
}

function noticeOf(t: TFunction, { state }: AssistantMessageView): Notice | null {
  switch (state.kind) {
    case 'failed':
      return { tone: 'bad', words: failureText(t, state.failure) };
    case 'interrupted':
      return { tone: 'warn', words: t('chat.interrupted') };
    case 'stopped':
      return { tone: 'info', words: t('chat.stopped') };
    case 'complete':
      if (state.reason === 'full') return { tone: 'warn', words: t('chat.cutByFull') };
      return state.reason === 'length' ? { tone: 'info', words: t('chat.cutByLength') } : null;
    default:
      return null;
  }
}

function Acts({ messageId, offers }: { readonly messageId: string; readonly offers: readonly NoticeOffer[] }) {
  const { t } = useTranslation();
  const { isRunning } = useThreadSurroundings();
  const acts = useMessageActs(messageId);
  const looks = {
    retry: { icon: <RotateCcw />, label: t('chat.retry'), run: acts.retry },
    continue: { icon: <Play />, label: t('chat.continue'), run: acts.carryOn },
  };
  return offers.map((offer) => (
    <Button key={offer} size="sm" icon={looks[offer].icon} disabled={isRunning} onClick={looks[offer].run}>
      {looks[offer].label}
    </Button>
  ));
}

function Mends({ state, agentId }: { readonly state: TurnState; readonly agentId: string }) {
  const { t } = useTranslation();
  const [show, newChat] = [useScreen((state) => state.show), useScreen((state) => state.newChat)];
  const looks = {
    'new-chat': { label: t('chat.startNewChat'), run: () => newChat(agentId) },
    models: { label: t('chat.openModels'), run: () => show({ kind: 'settings', section: 'models' }) },
  };
  return noticeMends(state).map((mend) => (
    <Button key={mend} size="sm" onClick={looks[mend].run}>
      {looks[mend].label}
    </Button>
  ));
}
