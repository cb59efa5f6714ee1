import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipeView, SchedulePlan, ScheduleView } from '../../../node-core/api/recipe-views.ts';
import { runValues } from '../../../node-core/protocol/recipes/template.ts';
import { shortTime } from '../../messages/time.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Choices } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { FormFrame } from '../../ui/form-frame.tsx';
import { RhythmFields } from './rhythm-fields.tsx';
import { ValuesFields } from './values-fields.tsx';

/** What is to be planned: a new schedule of a recipe, or one that is there. */
export interface Planned {
  readonly recipe: RecipeView;
  readonly schedule: ScheduleView | null;
}

interface ScheduleDialogProps {
  planned: Planned | null;
  onClose: () => void;
}

/** When a recipe comes by itself, and with which values. */
export function ScheduleDialog({ planned, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={planned !== null}
      isForm
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('recipes.scheduleTitle', { title: planned?.recipe.title ?? '' })}
      description={t('recipes.scheduleHint')}
    >
      {planned !== null && <ScheduleForm planned={planned} onClose={onClose} />}
    </Dialog>
  );
}

const firstPlan = (): SchedulePlan => ({
  rhythm: { kind: 'daily', at: '08:00' },
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  missed: 'run-once',
  values: {},
});

function ScheduleForm({ planned, onClose }: { planned: Planned; onClose: () => void }) {
  const { t } = useTranslation();
  const { recipe, schedule } = planned;
  const create = useCall('schedules.create');
  const update = useCall('schedules.update');
  const [plan, setPlan] = useState<SchedulePlan>(() => {
    if (!schedule) return firstPlan();
    const { rhythm, zone, missed, values } = schedule;
    return { rhythm, zone, missed, values };
  });
  const change = (part: Partial<SchedulePlan>) => setPlan((before) => ({ ...before, ...part }));
  const isReady = runValues(recipe.parameters, plan.values).problems.size === 0;
  const submit = async () => {
    if (!isReady) return;
    const outcome = schedule
      ? await update.run({ id: schedule.id, plan })
      : await create.run({ recipeId: recipe.id, plan });
    if (outcome.isOk) onClose();
  };
  return (
    <FormFrame
      label={t('recipes.scheduleForm')}
      saveLabel={t('recipes.saveSchedule')}
      isSaving={create.isRunning || update.isRunning}
      isDisabled={!isReady}
      failure={create.failure ?? update.failure}
      onSave={() => void submit()}
      onCancel={onClose}
    >
      <RhythmFields value={plan.rhythm} onChange={(rhythm) => change({ rhythm })} />
      <Field label={t('recipes.zone')}>
        <Select value={plan.zone} onChange={(event) => change({ zone: event.target.value })}>
          {[...new Set([plan.zone, ...Intl.supportedValuesOf('timeZone')])].map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </Select>
      </Field>
      <NextTimes rhythm={plan.rhythm} zone={plan.zone} />
      <Choices
        legend={t('recipes.missed')}
        options={[
          { value: 'run-once', label: t('recipes.missedRun') },
          { value: 'skip', label: t('recipes.missedSkip') },
        ]}
        value={plan.missed}
        onChange={(missed) => change({ missed })}
      />
      <ValuesFields parameters={recipe.parameters} values={plan.values} onChange={(values) => change({ values })} />
    </FormFrame>
  );
}

/** The next three times, asked of the node, so that they are what will happen. */
function NextTimes({ rhythm, zone }: Pick<SchedulePlan, 'rhythm' | 'zone'>) {
  const { t, i18n } = useTranslation();
  const { run, failure } = useCall('schedules.preview');
  const [times, setTimes] = useState<readonly number[]>([]);
  const asked = JSON.stringify({ rhythm, zone });
  useEffect(() => {
    let isOld = false;
    run(JSON.parse(asked)).then((outcome) => {
      if (!isOld) setTimes(outcome.isOk ? outcome.value.times : []);
    });
    return () => {
      isOld = true;
    };
  }, [run, asked]);
  if (failure) return <FailureNote failure={failure} />;
  return (
    <p className="text-ink-2 text-small" aria-live="polite">
      {t('recipes.next', { times: times.map((time) => shortTime(time, i18n.language, zone)).join(' · ') })}
    </p>
  );
}
