import { useTranslation } from 'react-i18next';
import type { ModelsView } from '../../../node-core/api/model-views.ts';
import { Button } from '../../ui/button.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';

interface ReadyModelProps {
  chosen: NonNullable<ModelsView['chosen']>;
  onStart: () => void;
}

/** A model is there before anything was clicked, for example because the environment names it. */
export function ReadyModel({ chosen, onStart }: ReadyModelProps) {
  const { t } = useTranslation();
  return (
    <section className="flex flex-wrap items-center gap-3 rounded-sheet border border-ok/30 bg-ok-soft px-5 py-4">
      <StatusGlyph status="ok" />
      <div className="min-w-[min(14rem,70%)] flex-1 [overflow-wrap:anywhere]">
        <h2 className="font-semibold text-lead">{t('welcome.ready')}</h2>
        <p className="text-ink-2 text-small">
          {t(`models.because.${chosen.reason}`, { model: chosen.model.name, provider: chosen.providerName })}
        </p>
      </div>
      <Button variant="primary" onClick={onStart}>
        {t('welcome.start')}
      </Button>
    </section>
  );
}
