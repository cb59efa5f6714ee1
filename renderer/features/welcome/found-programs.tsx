import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { ModelsView } from '../../../node-core/api/model-views.ts';
import { locateHost } from '../../../node-core/protocol/location.ts';
import { readersSentence } from '../../messages/readers.ts';
import { useCall } from '../../rpc/use-call.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { programHomes } from './program-homes.ts';

type Program = ModelsView['programs'][number];

interface FoundProgramsProps {
  /** `null` while the node has not said anything yet. */
  models: ModelsView | null;
  failure: Failure | null;
  onUsed: () => void;
}

/** What runs on this computer already: one click uses it. Otherwise: what was looked for, and how to get one. */
export function FoundPrograms({ models, failure, onUsed }: FoundProgramsProps) {
  const { t } = useTranslation();
  const use = useCall('models.use');
  const start = async (program: Program, model: string) => {
    const outcome = await use.run({ url: program.url, model });
    if (outcome.isOk) onUsed();
  };
  const programs = models?.programs ?? [];
  const present = programs.filter((program) => program.state === 'found' || program.state === 'no-models');
  return (
    <div className="mt-3 flex flex-col gap-2">
      <FailureNote failure={use.failure ?? failure} />
      {present.map((program) => (
        <FoundProgram
          key={program.url}
          program={program}
          isBusy={use.isRunning}
          onUse={(model) => start(program, model)}
        />
      ))}
      {present.length === 0 && (
        <div role="status">
          {models?.lookedAt ? <NothingFound programs={programs} /> : <Spinner label={t('welcome.looking')} />}
        </div>
      )}
      {models?.lookedAt != null && (
        <p className="text-ink-3 text-tiny">
          {t('welcome.lookedLast')} <RelativeTime at={models.lookedAt} />. {t('welcome.looksAgain')}
        </p>
      )}
    </div>
  );
}

interface FoundProgramProps {
  program: Program;
  isBusy: boolean;
  onUse: (model: string) => void;
}

function FoundProgram({ program, isBusy, onUse }: FoundProgramProps) {
  const { t } = useTranslation();
  if (program.models.length === 0) {
    return (
      <p className="flex items-start gap-2.5 rounded-card border border-line px-3.5 py-2.5">
        <StatusGlyph status="warn" className="mt-0.5" />
        <span>{t('welcome.noModels', { program: program.name })}</span>
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-1.5">
      <ul aria-label={program.name} className="flex flex-col gap-1.5">
        {program.models.map((model) => (
          <li key={model}>
            <button
              type="button"
              disabled={isBusy}
              onClick={() => onUse(model)}
              className="group flex w-full items-center gap-3 rounded-card border border-line bg-paper px-3.5 py-2.5 text-start transition-colors enabled:hover:border-accent enabled:hover:bg-accent-soft disabled:opacity-60"
            >
              <StatusGlyph status="ok" />
              <span className="min-w-0 flex-1">
                <span className="block font-medium [overflow-wrap:anywhere]">{model}</span>
                <span className="block text-ink-2 text-small">{t('welcome.servedBy', { program: program.name })}</span>
              </span>
              <span className="flex items-center gap-1.5 font-medium text-accent text-small">
                {t('welcome.use')}
                <ArrowRight aria-hidden="true" className="rtl:-scale-x-100" />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className="text-ink-2 text-small">
        {readersSentence(t, locateHost(new URL(program.url).hostname), program.name)}
      </p>
    </div>
  );
}

function NothingFound({ programs }: { programs: readonly Program[] }) {
  const { t, i18n } = useTranslation();
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(programs.map(({ name }) => name));
  return (
    <div className="flex items-start gap-2.5">
      <StatusGlyph status="none" className="mt-0.5" />
      <div className="min-w-0">
        <p className="font-medium">{t('welcome.nothingFound')}</p>
        <p className="text-ink-2 text-small">{t('welcome.lookedFor', { programs: names })}</p>
        <p className="mt-1 text-ink-2 text-small">{t('welcome.howToGet')}</p>
        <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-small">
          {programs.map((program) => (
            <li key={program.url}>
              <a
                href={programHomes[program.kind]}
                target="_blank"
                rel="noreferrer"
                className="rounded-tag text-accent underline decoration-line-strong underline-offset-3 hover:decoration-accent"
              >
                {program.name}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
