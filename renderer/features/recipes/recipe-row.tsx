import { CalendarClock, CopyPlus, Download, Pencil, Play, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RecipeView } from '../../../node-core/api/recipe-views.ts';
import { Button } from '../../ui/button.tsx';
import { MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { useToolName } from './use-tool-name.ts';

/** What can be done with a recipe. */
export interface RecipeActions {
  onRun: () => void;
  onEdit: () => void;
  onSchedule: () => void;
  onCopy: () => void;
  onExport: () => void;
  onDelete: () => void;
}

interface RecipeRowProps extends RecipeActions {
  recipe: RecipeView;
}

/** One recipe: what it does, in which steps, and how often it asks a model. */
export function RecipeRow({ recipe, ...actions }: RecipeRowProps) {
  const { t } = useTranslation();
  const toolName = useToolName();
  const { calls, firstCalls } = recipe;
  return (
    <li className="flex flex-wrap items-start gap-3 py-3 first:pt-1 last:pb-1">
      <div className="min-w-[min(16rem,100%)] flex-1">
        <p className="font-semibold [overflow-wrap:anywhere]">{recipe.title}</p>
        <ol className="mt-0.5 text-ink-2 text-small">
          {recipe.steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are shown in their order and do not change here
            <li key={index} className="[overflow-wrap:anywhere]">
              {index + 1}. {step.kind === 'say' ? t('recipes.say') : toolName(step.toolName)}
              {step.kind === 'decide' && ` (${t('recipes.byModelShort')})`}
            </li>
          ))}
        </ol>
        <p className="mt-0.5 text-ink-3 text-tiny">
          {firstCalls === null
            ? t('recipes.calls', { count: calls })
            : t('recipes.callsInstead', { count: calls, first: firstCalls })}
        </p>
      </div>
      <div className="flex gap-1.5">
        <Button
          size="sm"
          icon={<Play />}
          onClick={actions.onRun}
          aria-label={t('recipes.runOne', { title: recipe.title })}
        >
          {t('recipes.run')}
        </Button>
        <RecipeMenu recipe={recipe} {...actions} />
      </div>
    </li>
  );
}

function RecipeMenu({ recipe, onEdit, onSchedule, onCopy, onExport, onDelete }: RecipeRowProps) {
  const { t } = useTranslation();
  return (
    <MoreMenu label={t('recipes.more', { title: recipe.title })}>
      <MenuItem icon={<CalendarClock />} onSelect={onSchedule}>
        {t('recipes.schedule')}
      </MenuItem>
      <MenuItem icon={<Pencil />} onSelect={onEdit}>
        {t('recipes.edit')}
      </MenuItem>
      <MenuItem icon={<CopyPlus />} onSelect={onCopy}>
        {t('recipes.copy')}
      </MenuItem>
      <MenuItem icon={<Download />} onSelect={onExport}>
        {t('recipes.export')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} isDanger onSelect={onDelete}>
        {t('recipes.delete')}
      </MenuItem>
    </MoreMenu>
  );
}
