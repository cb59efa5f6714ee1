import { useTranslation } from 'react-i18next';
import type { FitView } from '../../../node-core/api/local-model-views.ts';
import { formatBytes } from '../../messages/numbers.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';

const glyphs = { fits: 'ok', tight: 'warn', 'will-not-fit': 'bad' } as const;

/** Whether a model fits this computer, by shape and in words, and what is short if not. */
export function FitLine({ fit }: { fit: FitView }) {
  const { t, i18n } = useTranslation();
  const size = (bytes: number): string => formatBytes(bytes, i18n.language);
  const reasons = fit.reasons.map(({ what, neededBytes, availableBytes }) =>
    t(`local.reason.${what}`, { needed: size(neededBytes), available: size(availableBytes) }),
  );
  return (
    <p className="flex items-start gap-2 text-small">
      <StatusGlyph status={glyphs[fit.verdict]} />
      <span>
        {t(`local.fit.${fit.verdict}`)}
        {reasons.length > 0 && <span className="text-ink-2">: {reasons.join('; ')}.</span>}
      </span>
    </p>
  );
}
