import { Hand } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { deedHeadline } from './hands/deed-headline.ts';
import { useNames } from './hands/use-names.ts';
import { useWaiting } from './hands/use-waiting.ts';
import { useScreen } from './screen.tsx';
import { Button } from './ui/button.tsx';

/** Says over every screen that an agent waits for the person in a chat that is not shown, and leads there. */
export function WaitingBanner() {
  const { t } = useTranslation();
  const shown = useScreen(({ screen }) => (screen.kind === 'chat' ? screen.conversationId : null));
  const showQuestion = useScreen((state) => state.showQuestion);
  const names = useNames();
  const elsewhere = [...useWaiting()].filter(([conversationId]) => conversationId !== shown);
  const [first] = elsewhere;
  const deed = first?.[1][0];
  return (
    <div role="status" className="empty:hidden">
      {first && deed && (
        <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1.5 border-line border-b bg-accent-soft px-4 py-1.5 text-small">
          <Hand aria-hidden="true" className="text-accent" />
          <p className="min-w-0 text-balance text-center [overflow-wrap:anywhere]">
            <span className="font-medium">{t('hands.needsYou', { agent: names.agent(deed.agentId) })}</span>{' '}
            {t('hands.needsYouFor', { headline: deedHeadline(t, deed.deed), chat: names.chat(first[0]) ?? '' })}
            {elsewhere.length > 1 && ` ${t('hands.needsYouMore', { count: elsewhere.length - 1 })}`}
          </p>
          <Button size="sm" onClick={() => showQuestion(first[0])}>
            {t('hands.showQuestion')}
          </Button>
        </div>
      )}
    </div>
  );
}
