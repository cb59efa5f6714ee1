import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipeDraftView, RecipesView, RecipeView } from '../../../node-core/api/recipe-views.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { useExportFile } from '../../use-export-file.ts';
import { useImportFile } from '../../use-import-file.ts';
import { useUndoableRemoval } from '../../use-undoable-removal.ts';
import { draftOfRecipe } from './edited-recipe.ts';
import { type EditedOne, RecipeDialog } from './recipe-dialog.tsx';
import { RecipeRow } from './recipe-row.tsx';
import { RunDialog } from './run-dialog.tsx';
import { RunList } from './run-list.tsx';
import { type Planned, ScheduleDialog } from './schedule-dialog.tsx';
import { ScheduleRow } from './schedule-row.tsx';

interface RecipesSectionProps {
  /** A recipe made from an answer, to be looked at and kept. */
  goal: RecipeDraftView | null;
  /** That recipe was looked at and is not to be kept. */
  onNotKept: () => void;
}

/** Settings, Recipes: jobs that can be done again, when they come by themselves, and what came of them. */
export function RecipesSection({ goal, onNotKept }: RecipesSectionProps) {
  const { t } = useTranslation();
  const watched = useWatched('recipes.watch', {});
  const [edited, setEdited] = useState<EditedOne | null>(null);
  const [planned, setPlanned] = useState<Planned | null>(null);
  useEffect(() => {
    if (goal) setEdited({ kind: 'new', draft: goal, review: null });
  }, [goal]);
  const importing = useImportFile('recipes.review', ({ draft, ...review }) =>
    setEdited({ kind: 'new', draft, review }),
  );
  const cancel = () => {
    const isGoal = goal !== null && edited?.draft === goal;
    setEdited(null);
    if (isGoal) onNotKept();
  };
  const view = watched.value;
  if (!view)
    return watched.failure ? <FailureNote failure={watched.failure} /> : <Spinner label={t('recipes.loading')} />;
  return (
    <>
      <Section
        title={t('recipes.title')}
        hint={t('recipes.hint')}
        actions={
          <FileButton size="sm" label={t('recipes.fromFile')} accept=".json,application/json" onFile={importing.open} />
        }
      >
        <FailureNote failure={importing.failure} onDismiss={importing.clear} className="mb-2" />
        <Card>
          {view.recipes.length === 0 ? (
            <EmptyState title={t('recipes.none')}>{t('recipes.noneHint')}</EmptyState>
          ) : (
            <Recipes recipes={view.recipes} onEdit={setEdited} onSchedule={setPlanned} />
          )}
        </Card>
      </Section>
      <Schedules view={view} onEdit={setPlanned} />
      {view.runs.length > 0 && (
        <Section title={t('recipes.runs')}>
          <Card>
            <RunList runs={view.runs} recipes={view.recipes} />
          </Card>
        </Section>
      )}
      <RecipeDialog edited={edited} onKept={() => setEdited(null)} onCancel={cancel} />
      <ScheduleDialog planned={planned} onClose={() => setPlanned(null)} />
    </>
  );
}

interface RecipesProps {
  recipes: readonly RecipeView[];
  onEdit: (edited: EditedOne) => void;
  onSchedule: (planned: Planned) => void;
}

function Recipes({ recipes, onEdit, onSchedule }: RecipesProps) {
  const { t } = useTranslation();
  const exportRecipe = useExportFile('recipes.export');
  const remove = useUndoableRemoval('recipe');
  const [run, setRun] = useState<RecipeView | null>(null);
  const copyOf = (recipe: RecipeView): EditedOne => ({
    kind: 'new',
    draft: { ...draftOfRecipe(recipe), title: t('recipes.copyName', { title: recipe.title }).slice(0, 120) },
    review: null,
  });
  return (
    <>
      <ul className="divide-y divide-line">
        {recipes.map((recipe) => (
          <RecipeRow
            key={recipe.id}
            recipe={recipe}
            onRun={() => setRun(recipe)}
            onEdit={() => onEdit({ kind: 'kept', id: recipe.id, draft: draftOfRecipe(recipe) })}
            onSchedule={() => onSchedule({ recipe, schedule: null })}
            onCopy={() => onEdit(copyOf(recipe))}
            onExport={() => void exportRecipe(recipe.id)}
            onDelete={() => void remove(recipe.id, t('recipes.deleted', { title: recipe.title }))}
          />
        ))}
      </ul>
      <RunDialog recipe={run} onClose={() => setRun(null)} />
    </>
  );
}

function Schedules({ view, onEdit }: { view: RecipesView; onEdit: (planned: Planned) => void }) {
  const { t } = useTranslation();
  const recipes = new Map(view.recipes.map((recipe) => [recipe.id, recipe]));
  if (view.schedules.length === 0) return null;
  return (
    <Section title={t('recipes.schedules')} hint={t('recipes.schedulesHint')}>
      <Card>
        <ul className="divide-y divide-line">
          {view.schedules.map((schedule) => {
            const recipe = recipes.get(schedule.recipeId);
            if (!recipe) return null;
            return (
              <ScheduleRow
                key={schedule.id}
                schedule={schedule}
                title={recipe.title}
                onEdit={() => onEdit({ recipe, schedule })}
              />
            );
          })}
        </ul>
      </Card>
    </Section>
  );
}
