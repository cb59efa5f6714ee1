import { useTranslation } from 'react-i18next';
import type { GrantView } from '../../../node-core/api/hands-views.ts';
import { ChatLink } from '../../hands/chat-link.tsx';
import { ExactText } from '../../hands/exact-text.tsx';
import type { Names } from '../../hands/use-names.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useToasts } from '../../ui/toast.tsx';

interface GrantRowProps {
  readonly grant: GrantView;
  /** What it lets the agent do. */
  readonly words: string;
  /** The same, to be told from every other. */
  readonly wholeWords: string;
  readonly names: Names;
  /** The row is about to go. */
  readonly onLeave: () => void;
}

/** One permission in words: whose, for what, where, when it was given. */
export function GrantRow({ grant, words, wholeWords, names, onLeave }: GrantRowProps) {
  const { t } = useTranslation();
  const { run, isRunning, failure } = useCall('hands.revoke');
  const toasts = useToasts();
  const revoke = async (): Promise<void> => {
    const outcome = await run({ grantId: grant.id });
    if (!outcome.isOk) return;
    onLeave();
    toasts.show({ text: t('permissions.revoked') });
  };
  return (
    <li className="py-3 first:pt-1 last:pb-1">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-[min(16rem,100%)] flex-1">
          <p className="text-pretty [overflow-wrap:anywhere]">{words}</p>
          {grant.subject.kind === 'command' && (
            <pre
              dir="ltr"
              className="mt-1 whitespace-pre-wrap rounded-control bg-code px-2.5 py-1 font-mono text-small [overflow-wrap:anywhere]"
            >
              <ExactText text={grant.subject.command} />
            </pre>
          )}
          <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2 text-small">
            {grant.conversationId === null ? (
              <Chip tone="warn">{t('permissions.everyChat')}</Chip>
            ) : (
              <>
                <Chip>{t('permissions.oneChat')}</Chip>
                <ChatLink conversationId={grant.conversationId} messageId={null} names={names} />
              </>
            )}
            <span>
              {t('permissions.given')} <RelativeTime at={grant.givenAt} />
            </span>
          </p>
        </div>
        <Button
          variant="danger"
          size="sm"
          isBusy={isRunning}
          aria-label={t('permissions.revokeWhat', { what: wholeWords })}
          onClick={() => void revoke()}
        >
          {t('permissions.revoke')}
        </Button>
      </div>
      <FailureNote failure={failure} className="mt-2" />
    </li>
  );
}
