import { Pause, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { reasonSentence, stateSentence } from '../../../node-core/api/state-sentences.ts';
import type { StateReason } from '../../../node-core/protocol/node-state.ts';
import { stateText } from '../../messages/state-text.ts';
import { useConnection } from '../../rpc/use-connection.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StateGlyph } from '../../ui/state-glyph.tsx';
import { type KnownState, useNodeState } from '../../use-node-state.ts';
import { usePause } from '../../use-pause.ts';
import { FixButton } from './fix-button.tsx';

/** How the node is and why, how old that knowledge is, and what mends it. Never more than was just heard. */
export function StateLine() {
  const { t } = useTranslation();
  const known = useNodeState();
  const isConnected = useConnection().kind === 'connected';
  if (!known) return <p className="text-ink-2 text-small">{t('status.unknown')}</p>;
  const [first] = known.reasons;
  // The shell sees more than a page without its node; where there is no shell, nothing is known any more.
  const isKnown = isConnected || first?.kind.startsWith('runtime-') === true;
  return (
    <div className="min-w-0 flex-1">
      <div className="flex min-w-0 items-center gap-[9px]">
        <StateGlyph state={isKnown ? known.state : 'flat'} />
        <div className="min-w-0 flex-1">
          <p className="text-small">{isKnown ? stateText(t, stateSentence(known)) : t('status.lost')}</p>
          <StateAge known={known} first={first} />
        </div>
        <PauseButton isConnected={isConnected} />
      </div>
      {isKnown && known.state !== 'flat' && first && (
        <div className="mt-1.5 text-ink-2 text-tiny">
          <p className="[overflow-wrap:anywhere]">{stateText(t, reasonSentence(first))}</p>
          <FixButton fix={first.fix} className="mt-1.5" />
        </div>
      )}
    </div>
  );
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
  return reason.kind === 'model-unreachable' ? reason.checkedAt : reason.since;
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
