import { useTranslation } from 'react-i18next';
import type { RecipeDraftView, RecipeReview } from '../../../node-core/api/recipe-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Banner } from '../../ui/banner.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { RecipeEditor } from './recipe-editor.tsx';
import { useToolName } from './use-tool-name.ts';

/** What the dialog is about: one that is new (from an answer, a copy, or a file), or one that is kept. */
export type EditedOne =
  | { readonly kind: 'new'; readonly draft: RecipeDraftView; readonly review: Omit<RecipeReview, 'draft'> | null }
  | { readonly kind: 'kept'; readonly id: string; readonly draft: RecipeDraftView };

interface RecipeDialogProps {
  edited: EditedOne | null;
  onKept: () => void;
  onCancel: () => void;
}

/** Shows a recipe in full, to be kept or changed. */
export function RecipeDialog({ edited, onKept, onCancel }: RecipeDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={edited !== null}
      isForm
      size="lg"
      onOpenChange={(isOpen) => !isOpen && onCancel()}
      title={t(edited?.kind === 'kept' ? 'recipes.editTitle' : 'recipes.keepTitle')}
      description={t('recipes.permissionHint')}
    >
      {edited !== null && <Editing edited={edited} onKept={onKept} onCancel={onCancel} />}
    </Dialog>
  );
}

function Editing({ edited, onKept, onCancel }: RecipeDialogProps & { edited: EditedOne }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const toolName = useToolName();
  const create = useCall('recipes.create');
  const update = useCall('recipes.update');
  const review = edited.kind === 'new' ? edited.review : null;
  const save = async (draft: RecipeDraftView) => {
    const outcome = edited.kind === 'kept' ? await update.run({ id: edited.id, draft }) : await create.run(draft);
    if (!outcome.isOk) return;
    toasts.show({ text: t('recipes.saved', { title: outcome.value.title }) });
    onKept();
  };
  return (
    <div className="flex flex-col gap-4">
      {review?.isOtherAgent && <Banner>{t('recipes.otherAgent')}</Banner>}
      {review !== null && review.missingTools.length > 0 && (
        <Banner tone="warn">
          {t('recipes.missingTools', { tools: review.missingTools.map(toolName).join(', ') })}
        </Banner>
      )}
      <RecipeEditor
        initial={edited.draft}
        saveLabel={t(edited.kind === 'kept' ? 'recipes.save' : 'recipes.keep')}
        isSaving={create.isRunning || update.isRunning}
        failure={create.failure ?? update.failure}
        onSave={save}
        onCancel={onCancel}
      />
    </div>
  );
}
