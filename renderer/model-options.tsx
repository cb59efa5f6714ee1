import { useTranslation } from 'react-i18next';
import type { ModelsView } from '../node-core/api/model-views.ts';
import { placeName } from './messages/readers.ts';

/** The models that can be chosen, as options of a select, grouped by provider and place. */
export function ModelOptions({ models }: { models: ModelsView }) {
  const { t } = useTranslation();
  return models.providers.map((provider) => {
    const own = models.models.filter((model) => model.providerId === provider.id);
    return own.length === 0 ? null : (
      <optgroup key={provider.id} label={`${provider.name} · ${placeName(t, provider.location)}`}>
        {own.map((model) => (
          <option key={model.ref} value={model.ref}>
            {model.name}
          </option>
        ))}
      </optgroup>
    );
  });
}
