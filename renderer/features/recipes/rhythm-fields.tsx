import { useTranslation } from 'react-i18next';
import type { RhythmView } from '../../../node-core/api/recipe-views.ts';
import { Field, Select, TextInput } from '../../ui/field.tsx';
import { weekdayName } from './rhythm-words.ts';

interface RhythmFieldsProps {
  value: RhythmView;
  onChange: (value: RhythmView) => void;
}

const kinds = ['daily', 'weekdays', 'weekly', 'monthly', 'cron'] as const;
const lastDay = 31;

/** The rhythm of another kind that keeps the time of day. */
function ofKind(kind: (typeof kinds)[number], before: RhythmView): RhythmView {
  const at = before.kind === 'cron' ? '08:00' : before.at;
  switch (kind) {
    case 'weekly':
      return { kind, day: 1, at };
    case 'monthly':
      return { kind, day: 1, at };
    case 'cron':
      return { kind, text: '0 8 * * *' };
    default:
      return { kind, at };
  }
}

/** How often, and at which time. */
export function RhythmFields({ value, onChange }: RhythmFieldsProps) {
  const { t, i18n } = useTranslation();
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('recipes.rhythm')}>
        <Select
          value={value.kind}
          onChange={(event) => onChange(ofKind(kinds.find((kind) => kind === event.target.value) ?? 'daily', value))}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`recipes.rhythmName.${kind}`)}
            </option>
          ))}
        </Select>
      </Field>
      {value.kind === 'weekly' && (
        <Field label={t('recipes.day')}>
          <Select value={value.day} onChange={(event) => onChange({ ...value, day: Number(event.target.value) })}>
            {[1, 2, 3, 4, 5, 6, 0].map((day) => (
              <option key={day} value={day}>
                {weekdayName(day, i18n.language)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {value.kind === 'monthly' && (
        <Field label={t('recipes.day')}>
          <Select value={value.day} onChange={(event) => onChange({ ...value, day: Number(event.target.value) })}>
            {Array.from({ length: 28 }, (_, index) => index + 1).map((day) => (
              <option key={day} value={day}>
                {day}
              </option>
            ))}
            <option value={lastDay}>{t('recipes.lastDay')}</option>
          </Select>
        </Field>
      )}
      {value.kind === 'cron' ? (
        <Field label={t('recipes.cron')} hint={t('recipes.cronHint')}>
          <TextInput
            dir="ltr"
            maxLength={100}
            value={value.text}
            onChange={(event) => onChange({ kind: 'cron', text: event.target.value || '*' })}
          />
        </Field>
      ) : (
        <Field label={t('recipes.at')}>
          <TextInput
            type="time"
            required
            value={value.at}
            onChange={(event) =>
              event.target.value !== '' && onChange({ ...value, at: event.target.value.slice(0, 5) })
            }
          />
        </Field>
      )}
    </div>
  );
}
