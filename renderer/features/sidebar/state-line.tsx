import { Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyedSentence } from '../../../node-core/api/keyed-sentence.ts';
import { reasonSentence, stateSentence } from '../../../node-core/api/state-sentences.ts';
import type { StateReason } from '../../../node-core/protocol/state-reason.ts';
import { FixButton } from '../../fix-button.tsx';
import { sentenceText } from '../../messages/sentence-text.ts';
import { useConnection } from '../../rpc/use-connection.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StateGlyph } from '../../ui/state-glyph.tsx';
import { type KnownState, useNodeState } from '../../use-node-state.ts';
import { usePause } from '../../use-pause.ts';

interface StateLineProps {
  /** Buttons behind those of the state itself. */
  readonly children?: ReactNode;
}

/** How the node is and why, how old that knowledge is, and what mends it. Never more than was just heard. */
export function StateLine({ children }: StateLineProps) {
  const { t, i18n } = useTranslation();
  const said = (sentence: KeyedSentence) => sentenceText(t, i18n.language, sentence);
  const known = useNodeState();
  const isConnected = useConnection().kind === 'connected';
  if (!known) {
    return (
      <div className="flex min-w-0 items-center gap-[9px]">
        <p className="min-w-0 flex-1 text-ink-2 text-small">{t('status.unknown')}</p>
        <Buttons>{children}</Buttons>
      </div>
    );
  }
  const [first] = known.reasons;
  // The shell sees more than a page without its node; where there is no shell, nothing is known any more.
  const isKnown = isConnected || first?.kind.startsWith('runtime-') === true;
  return (
    <div className="min-w-0">
      <div className="flex min-w-0 items-center gap-[9px]">
        <StateGlyph state={isKnown ? known.state : 'flat'} />
        <div className="min-w-0 flex-1">
          <p className="text-balance text-small">
            {isKnown ? said(stateSentence(known, known.status?.hive?.name ?? null)) : t('status.lost')}
          </p>
          <StateAge known={known} first={first} />
        </div>
        <Buttons>
          <PauseButton isConnected={isConnected} />
          {children}
        </Buttons>
      </div>
      {isKnown && known.state !== 'flat' && known.state !== 'healthy' && first && (
        <div className="mt-1.5 text-ink-2 text-tiny">
          <p className="text-pretty [overflow-wrap:anywhere]">{said(reasonSentence(first))}</p>
          <FixButton fix={first.fix} className="mt-1.5" />
        </div>
      )}
    </div>
  );
}

/** At the edge of the sidebar, where the lists above end too. */
function Buttons({ children }: StateLineProps) {
  return <div className="-me-1.5 flex flex-none">{children}</div>;
}

/** Since when the reason holds, or when it was last seen; without one, how old the knowledge is. */
function StateAge({ known, first }: { readonly known: KnownState; readonly first: StateReason | undefined }) {
  const model = known.status?.model ?? null;
  const at = ageOf(first) ?? known.status?.at ?? null;
  return (
    <p className="truncate text-ink-3 text-tiny">
      {model !== null && `${model} · `}
      {at !== null && <RelativeTime at={at} />}
    </p>
  );
}

function ageOf(reason: StateReason | undefined): number | null {
  if (!reason || reason.kind === 'no-model') return null;
  return 'checkedAt' in reason ? reason.checkedAt : reason.since;
}

function PauseButton({ isConnected }: { readonly isConnected: boolean }) {
  const { t } = useTranslation();
  const pause = usePause();
  return (
    <Button
      variant="quiet"
      size="sm"
      icon={pause.since === null ? <Pause /> : <Play />}
      label={pause.since === null ? t('status.pause') : t('status.resumeAgents')}
      disabled={!isConnected}
      isBusy={pause.isBusy}
      onClick={pause.toggle}
    />
  );
}
