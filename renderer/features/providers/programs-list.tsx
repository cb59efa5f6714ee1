import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ModelsView } from '../../../node-core/api/model-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';

type Program = ModelsView['programs'][number];

const glyphs: Readonly<Record<Program['state'], Status>> = {
  'not-looked': 'none',
  absent: 'none',
  'no-models': 'warn',
  found: 'ok',
};

/** The programs that were looked for on this computer, and whether each is there. */
export function ProgramsList({ programs }: { programs: readonly Program[] }) {
  const use = useCall('models.use');
  return (
    <>
      <ul className="divide-y divide-line">
        {programs.map((program) => (
          <ProgramRow
            key={program.url}
            program={program}
            isBusy={use.isRunning}
            onUse={(model) => use.run({ url: program.url, model })}
          />
        ))}
      </ul>
      <FailureNote failure={use.failure} onDismiss={use.clear} className="my-2" />
    </>
  );
}

interface ProgramRowProps {
  program: Program;
  isBusy: boolean;
  onUse: (model: string) => void;
}

function ProgramRow({ program, isBusy, onUse }: ProgramRowProps) {
  const { t } = useTranslation();
  const [first] = program.models;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <StatusGlyph status={glyphs[program.state]} />
      <div className="min-w-0 flex-1">
        <span className="font-medium">{program.name}</span>
        <span className="block text-ink-2 text-small [overflow-wrap:anywhere]">
          <span dir="ltr">{program.url}</span> · {programState(t, program)}
        </span>
      </div>
      {program.state === 'found' && program.providerId === null && first !== undefined && (
        <Button size="sm" isBusy={isBusy} onClick={() => onUse(first)}>
          {t('models.useProgram', { name: program.name })}
        </Button>
      )}
    </li>
  );
}

function programState(t: TFunction, program: Program): string {
  if (program.providerId !== null && program.state === 'found') return t('models.programUsed');
  if (program.state === 'found') return t('models.modelCount', { count: program.models.length });
  return t(`models.program.${program.state}`);
}
