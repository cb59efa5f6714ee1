import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PastDeed } from '../../../node-core/api/hands-views.ts';
import { allowedWords } from '../../hands/allowed-words.ts';
import { ChatLink } from '../../hands/chat-link.tsx';
import { DeedDetails } from '../../hands/deed-details.tsx';
import { deedHeadline } from '../../hands/deed-headline.ts';
import { UndoButton, UndoReport } from '../../hands/undo-parts.tsx';
import type { Names } from '../../hands/use-names.ts';
import { useUndo } from '../../hands/use-undo.ts';
import { FocusHome } from '../../ui/focus-home.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';

interface PastDeedRowProps {
  readonly past: PastDeed;
  readonly names: Names;
}

const glyphs = {
  running: 'busy',
  done: 'ok',
  partly: 'warn',
  'not-done': 'none',
  unknown: 'warn',
} as const satisfies Record<PastDeed['end'], Status>;

/** One deed: what, by whom, where, how it ended, how it was allowed, and the way to take it back. */
export function PastDeedRow({ past, names }: PastDeedRowProps) {
  const { t } = useTranslation();
  const undoing = useUndo(past.callId);
  const headline = deedHeadline(t, past.deed);
  const allowed = allowedWords(t, past.approval);
  return (
    <li className="py-3 first:pt-1 last:pb-1">
      <FocusHome>
        <div className="flex items-start gap-2.5">
          <StatusGlyph status={past.undo === 'undone' ? 'none' : glyphs[past.end]} className="mt-0.5" />
          <div className="grid min-w-0 flex-1 gap-1">
            <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
              <p className="min-w-[min(14rem,100%)] flex-1 font-medium [overflow-wrap:anywhere]">{headline}</p>
              <UndoButton undo={past.undo} undoing={undoing} what={headline} />
            </div>
            <p className="text-small">{endWords(t, past)}</p>
            <p className="flex flex-wrap gap-x-1.5 text-ink-2 text-small">
              <span>{t('activity.by', { agent: names.agent(past.agentId) })}</span>
              <Dot />
              <span>
                {past.messageId === null ? (
                  t('activity.program')
                ) : (
                  <ChatLink conversationId={past.conversationId} messageId={past.messageId} names={names} />
                )}
              </span>
              <Dot />
              <RelativeTime at={past.at} />
              {allowed !== null && (
                <>
                  <Dot />
                  <span>{allowed}</span>
                </>
              )}
            </p>
            <UndoReport undoing={undoing} />
            <Details past={past} />
          </div>
        </div>
      </FocusHome>
    </li>
  );
}

const Dot = () => <span aria-hidden="true">·</span>;

/** What it was exactly; made only when it is looked at, because a list holds many. */
function Details({ past }: { readonly past: PastDeed }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-control text-ink-2 text-small hover:text-ink">{t('activity.exactly')}</summary>
      {isOpen && (
        <div className="mt-2">
          <DeedDetails deed={past.deed} isAsked={false} />
        </div>
      )}
    </details>
  );
}

/** How it ended, never more than is known. */
function endWords(t: TFunction, { end, deed, doneCount, stepCount, undo }: PastDeed): string {
  switch (end) {
    case 'running':
      return t('activity.end.running');
    case 'done':
      return t(undo === 'undone' ? 'activity.end.undone' : 'activity.end.done');
    case 'partly':
      return t('activity.end.partly', { done: doneCount, count: stepCount });
    case 'not-done':
      return t('activity.end.not-done');
    case 'unknown':
      return t(`activity.unknown.${deed.kind}`);
  }
}
