import { useTranslation } from 'react-i18next';
import { accessSentence } from '../../../node-core/api/access-sentences.ts';
import type { ModelsView } from '../../../node-core/api/model-views.ts';
import type { StatusView } from '../../../node-core/api/node-views.ts';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { accessSubjects, whoCanRead } from '../../../node-core/protocol/who-can-read.ts';
import { sentenceText } from '../../messages/sentence-text.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { accessFacts } from './access-facts.ts';

/** Who can read what and who can stop it, computed from the models and the hive of this moment. */
export function AccessSection({ trust }: { trust: TrustView }) {
  const { t } = useTranslation();
  const models = useWatched('models.watch', {});
  const status = useWatched('status.watch', {});
  return (
    <Section title={t('trust.access')} hint={t('trust.accessHint')}>
      <Card>
        {models.value && status.value ? (
          <AccessRules trust={trust} models={models.value} status={status.value} />
        ) : (
          <Spinner label={t('trust.loading')} />
        )}
        <FailureNote failure={models.failure ?? status.failure} className="mt-3" />
      </Card>
    </Section>
  );
}

interface AccessRulesProps {
  trust: TrustView;
  models: ModelsView;
  status: StatusView;
}

function AccessRules({ trust, models, status }: AccessRulesProps) {
  const { t, i18n } = useTranslation();
  const rules = whoCanRead(accessFacts(trust, models, status));
  const subjects = accessSubjects.filter((subject) => rules.some(({ about }) => about === subject));
  return (
    <dl className="divide-y divide-line">
      {subjects.map((subject) => (
        <div key={subject} className="gap-x-4 py-2.5 first:pt-0.5 last:pb-0.5 sm:flex">
          <dt className="flex-none text-ink-2 sm:w-36">{t(`trust.subject.${subject}`)}</dt>
          <dd className="min-w-0 flex-1">
            {rules
              .filter(({ about }) => about === subject)
              .map((rule) => (
                <p key={rule.name} className="mt-1 max-w-[68ch] text-pretty first:mt-0 [overflow-wrap:anywhere]">
                  {sentenceText(t, i18n.language, accessSentence(rule))}
                </p>
              ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
