import { useTranslation } from 'react-i18next';
import { Spinner } from '../../../ui/spinner.tsx';
import { type Status, StatusGlyph } from '../../../ui/status-glyph.tsx';
import type { Tool } from './tool.ts';

const glyphs = { done: 'ok', failed: 'bad', refused: 'warn', stopped: 'none' } as const satisfies Record<
  string,
  Status
>;

interface ToolStateProps {
  readonly part: Tool;
  readonly isTurnRunning: boolean;
}

/** Where one use of a tool stands, by shape and word. */
export function ToolState({ part: { outcome, approval }, isTurnRunning }: ToolStateProps) {
  const { t } = useTranslation();
  if (outcome === null && isTurnRunning) return <Spinner label={t('hands.state.running')} className="text-small" />;
  const state = approval.kind === 'refused' ? 'refused' : (outcome?.kind ?? 'stopped');
  return (
    <span className="inline-flex flex-none items-center gap-1.5 text-ink-2 text-small">
      <StatusGlyph status={glyphs[state]} />
      {t(`hands.state.${state}`)}
    </span>
  );
}
