import { Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ScheduleView } from '../../../node-core/api/recipe-views.ts';
import { failureText } from '../../messages/failure-text.ts';
import { shortTime } from '../../messages/time.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { rhythmWords } from './rhythm-words.ts';

interface ScheduleRowProps {
  schedule: ScheduleView;
  /** Of its recipe. */
  title: string;
  onEdit: () => void;
}

/** Ends a schedule, and offers to have it back as it was. */
function useEndSchedule({ id, recipeId, rhythm, zone, missed, values, isPaused }: ScheduleView, title: string) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const remove = useCall('schedules.delete');
  const create = useCall('schedules.create');
  const pause = useCall('schedules.pause');
  const restore = async () => {
    const made = await create.run({ recipeId, plan: { rhythm, zone, missed, values } });
    const outcome = made.isOk && isPaused ? await pause.run({ id: made.value.id, isPaused }) : made;
    if (!outcome.isOk) toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
  const end = async () => {
    const outcome = await remove.run({ id });
    if (!outcome.isOk) return;
    toasts.show({
      text: t('recipes.ended', { title }),
      action: { label: t('ui.undo'), run: () => void restore() },
    });
  };
  return { end, failure: remove.failure };
}

/** One schedule: what comes when, and what pauses or ends it. */
export function ScheduleRow({ schedule, title, onEdit }: ScheduleRowProps) {
  const { t, i18n } = useTranslation();
  const pause = useCall('schedules.pause');
  const ending = useEndSchedule(schedule, title);
  const { id, rhythm, zone, isPaused, nextAt } = schedule;
  const when = rhythmWords(t, i18n.language, rhythm);
  const isElsewhere = zone !== Intl.DateTimeFormat().resolvedOptions().timeZone;
  const time = nextAt === null ? null : shortTime(nextAt, i18n.language);
  const next = time === null ? t('recipes.never') : t(isElsewhere ? 'recipes.nextHere' : 'recipes.nextOne', { time });
  return (
    <li className="flex flex-wrap items-center gap-3 py-3 first:pt-1 last:pb-1">
      <div className="min-w-[min(16rem,100%)] flex-1">
        <p className="font-semibold [overflow-wrap:anywhere]">{title}</p>
        <p className="text-ink-2 text-small">
          {isElsewhere ? `${when} (${zone})` : when} · {isPaused ? t('recipes.paused') : next}
        </p>
        <FailureNote failure={pause.failure ?? ending.failure} />
      </div>
      <div className="flex gap-1">
        <Button
          variant="quiet"
          size="sm"
          icon={isPaused ? <Play /> : <Pause />}
          label={t(isPaused ? 'recipes.resumeOne' : 'recipes.pauseOne', { title })}
          onClick={() => pause.run({ id, isPaused: !isPaused })}
        />
        <Button
          variant="quiet"
          size="sm"
          icon={<Pencil />}
          label={t('recipes.editSchedule', { title })}
          onClick={onEdit}
        />
        <Button
          variant="quiet"
          size="sm"
          icon={<Trash2 />}
          label={t('recipes.endSchedule', { title })}
          onClick={() => void ending.end()}
        />
      </div>
    </li>
  );
}
