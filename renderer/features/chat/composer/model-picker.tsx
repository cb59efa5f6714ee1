import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ModelsView } from '../../../../node-core/api/model-views.ts';
import { placeName } from '../../../messages/readers.ts';
import { useScreen } from '../../../screen.tsx';
import { ChipButton } from '../../../ui/chip.tsx';
import { DropdownMenu, MenuChoice, MenuChoices, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import type { Answering } from './answering-model.ts';

interface ModelPickerProps {
  readonly models: ModelsView;
  readonly answering: Answering;
  /** What was chosen for this conversation; `null`: Nunba decides. */
  readonly chosen: string | null;
  readonly onChoose: (ref: string | null) => void;
}

const automatic = 'automatic';

/** Which model answers in this conversation. */
export function ModelPicker({ models, answering, chosen, onChoose }: ModelPickerProps) {
  const { t } = useTranslation();
  const show = useScreen((state) => state.show);
  if (answering.kind === 'guide') return null;
  const name = answering.kind === 'model' ? answering.model.name : t('chat.noModelChosen');
  return (
    <DropdownMenu
      side="top"
      trigger={
        <ChipButton
          aria-label={t('chat.modelIs', { model: name })}
          tone={answering.kind === 'model' ? 'neutral' : 'warn'}
        >
          <span className="inline-flex max-w-48 items-center gap-1">
            <span className="truncate">{name}</span>
            <ChevronDown aria-hidden="true" className="size-3!" />
          </span>
        </ChipButton>
      }
    >
      <MenuChoices
        value={chosen ?? automatic}
        onChange={(value) => onChoose(value === automatic ? null : value)}
        label={t('chat.chooseModel')}
      >
        <MenuChoice value={automatic} detail={t('chat.automaticDetail')}>
          {t('chat.automatic')}
        </MenuChoice>
        {models.models.map(({ ref, name: modelName, providerId, location }) => (
          <MenuChoice
            key={ref}
            value={ref}
            detail={t('chat.modelDetail', {
              provider: models.providers.find(({ id }) => id === providerId)?.name ?? providerId,
              place: placeName(t, location),
            })}
          >
            {modelName}
          </MenuChoice>
        ))}
      </MenuChoices>
      <MenuSeparator />
      <MenuItem onSelect={() => show({ kind: 'settings', section: 'models' })}>{t('chat.manageModels')}</MenuItem>
    </DropdownMenu>
  );
}
