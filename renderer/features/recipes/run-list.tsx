import { useTranslation } from 'react-i18next';
import type { RecipesView, RunView } from '../../../node-core/api/recipe-views.ts';
import { useScreen } from '../../screen.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';

const glyphs = {
  queued: 'busy',
  running: 'busy',
  waiting: 'warn',
  done: 'ok',
  failed: 'bad',
  stopped: 'none',
  missed: 'warn',
} as const;

/** Runs that are shown at first. */
const shownRuns = 30;

/** What ran, what came of it, and where it can be read. */
export function RunList({ runs, recipes }: Pick<RecipesView, 'runs' | 'recipes'>) {
  const { t } = useTranslation();
  const titles = new Map(recipes.map(({ id, title }) => [id, title]));
  return (
    <ul className="divide-y divide-line">
      {runs.slice(0, shownRuns).map((run) => (
        <RunRow key={run.id} run={run} title={titles.get(run.recipeId) ?? t('recipes.gone')} />
      ))}
    </ul>
  );
}

function RunRow({ run, title }: { run: RunView; title: string }) {
  const { t } = useTranslation();
  const showMessage = useScreen((state) => state.showMessage);
  const { conversationId, messageId, modelCalls, firstCalls, state } = run;
  const counted =
    firstCalls === null
      ? t('recipes.calls', { count: modelCalls })
      : t('recipes.callsInstead', { count: modelCalls, first: firstCalls });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5 first:pt-1 last:pb-1">
      <StatusGlyph status={glyphs[state]} />
      <div className="min-w-[min(14rem,80%)] flex-1">
        <p className="[overflow-wrap:anywhere]">
          <span className="font-medium">{title}</span> · {t(`recipes.state.${state}`)}
        </p>
        <p className="text-ink-2 text-small [overflow-wrap:anywhere]">
          <RelativeTime at={run.plannedAt} /> · {t('recipes.stepsDone', { done: run.stepsDone, count: run.stepCount })}{' '}
          · {counted}
        </p>
        {run.reason !== null && <p className="text-ink-2 text-small [overflow-wrap:anywhere]">{run.reason}</p>}
      </div>
      {conversationId !== null && messageId !== null && (
        <Button variant="quiet" size="sm" onClick={() => showMessage(conversationId, messageId)}>
          {t('recipes.openRun')}
        </Button>
      )}
    </li>
  );
}
