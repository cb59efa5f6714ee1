import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedView } from '../../../../node-core/api/hands-views.ts';
import { subjectOf } from '../../../../node-core/protocol/hands/deed.ts';
import type { PermissionAnswer } from '../../../../node-core/protocol/hands/permission.ts';
import { lastingWords } from '../../../hands/lasting-words.ts';
import { subjectWords } from '../../../hands/subject-words.ts';
import { useCall } from '../../../rpc/use-call.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';

/** A press on a button that has just appeared where the person meant to press something else does nothing, ms. */
const guardMs = 400;

interface ApprovalButtonsProps {
  readonly callId: string;
  readonly toolName: string;
  readonly deed: DeedView;
  readonly agent: string;
}

/** The answers, the safe one first. None is pressed by Enter unless the person went to it. */
export function ApprovalButtons({ callId, toolName, deed, agent }: ApprovalButtonsProps) {
  const { t } = useTranslation();
  const isReady = useReady();
  const { run, failure } = useCall('hands.answer');
  const [given, setGiven] = useState<PermissionAnswer | null>(null);
  const subject = subjectOf(deed);
  const answer = async (chosen: PermissionAnswer): Promise<void> => {
    if (!isReady || given !== null) return;
    setGiven(chosen);
    const outcome = await run({ callId, answer: chosen });
    if (!outcome.isOk) setGiven(null);
  };
  const button = (chosen: PermissionAnswer) =>
    ({
      'aria-disabled': !isReady || undefined,
      disabled: given !== null && given !== chosen,
      isBusy: given === chosen,
      onClick: () => void answer(chosen),
      className: 'min-w-0 shrink! text-start [overflow-wrap:anywhere]',
    }) as const;
  return (
    <div className="mt-3 grid gap-2.5">
      <FailureNote failure={failure} />
      <div className="flex flex-wrap gap-2">
        <Button {...button('no')}>{t('hands.answer.no')}</Button>
        <Button {...button('once')}>{t('hands.answer.once')}</Button>
        <Button {...button('chat')}>{t('hands.answer.chat')}</Button>
        <Button {...button('always')}>{t('hands.answer.always', { what: subjectWords(t, subject), agent })}</Button>
      </div>
      <p className="max-w-[68ch] text-pretty text-ink-2 text-small [overflow-wrap:anywhere]">
        {t('hands.alwaysMeans', { what: lastingWords(t, subject, { agent, toolName }) })}
      </p>
    </div>
  );
}

function useReady(): boolean {
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), guardMs);
    return () => clearTimeout(timer);
  }, []);
  return isReady;
}
