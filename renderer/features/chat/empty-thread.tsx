import { useTranslation } from 'react-i18next';
import { useScreen } from '../../screen.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import type { ChatSetup } from './chat-setup.ts';
import { useDraft } from './composer/use-draft.ts';
import { starterKeys } from './starters.ts';

interface EmptyThreadProps {
  readonly setup: ChatSetup;
  readonly draftKey: string;
  readonly isKnown: boolean;
}

/** Before the first message: who is here, and three ways to begin. */
export function EmptyThread({ setup, draftKey, isKnown }: EmptyThreadProps) {
  const { t } = useTranslation();
  const [, change] = useDraft(draftKey);
  const { agent } = setup;
  if (!isKnown || !agent) return <div className="min-h-0 flex-1" />;
  return (
    <div className="grid min-h-0 flex-1 overflow-y-auto px-4 sm:px-5">
      <div className="m-auto flex w-full max-w-[560px] animate-appear flex-col items-center py-8 text-center">
        <Avatar name={agent.name} size="lg" />
        <h2 className="mt-3.5 font-bold text-title tracking-[-0.015em]">{agent.name}</h2>
        <p className="mt-1 max-w-[48ch] text-balance text-ink-2">{agent.greeting || agent.description}</p>
        {setup.answering.kind === 'no-model' ? (
          <NoModel setup={setup} />
        ) : (
          <ul aria-label={t('chat.starters')} className="mt-6 grid w-full gap-2">
            {starterKeys(agent).map((key) => (
              <li key={key}>
                <button
                  type="button"
                  onClick={() => {
                    change((draft) => ({ ...draft, text: t(key) }));
                    document.querySelector<HTMLTextAreaElement>('textarea')?.focus();
                  }}
                  className="w-full rounded-card border border-line bg-surface px-4 py-2.5 text-start transition-colors hover:border-line-strong hover:bg-sunken"
                >
                  {t(key)}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function NoModel({ setup }: { readonly setup: ChatSetup }) {
  const { t } = useTranslation();
  const show = useScreen((state) => state.show);
  const guide = setup.agents.find(({ engine }) => engine === 'guide');
  return (
    <Banner
      className="mt-6 w-full text-start"
      action={
        <>
          <Button variant="primary" size="sm" onClick={() => show({ kind: 'settings', section: 'models' })}>
            {t('chat.chooseAModel')}
          </Button>
          {guide && (
            <Button size="sm" onClick={() => setup.chooseAgent(guide.id)}>
              {t('chat.askTheGuide')}
            </Button>
          )}
        </>
      }
    >
      {t('chat.noModelYet')}
    </Banner>
  );
}
