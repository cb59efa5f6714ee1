import { BookOpenText, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../messages/numbers.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { useScreen } from '../../screen.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { CollectionCard } from './collection-card.tsx';
import { CollectionDialog, type EditedCollection } from './collection-dialog.tsx';
import { KnowledgeSearch } from './knowledge-search.tsx';

/** Says where to get what searches by meaning. */
function MeaningOffer() {
  const { t } = useTranslation();
  const show = useScreen((state) => state.show);
  return (
    <p className="mt-2 flex flex-wrap items-center gap-2 text-ink-2 text-small">
      {t('knowledge.meaningOffer')}
      <Button size="sm" onClick={() => show({ kind: 'settings', section: 'models' })}>
        {t('knowledge.meaningOfferAction')}
      </Button>
    </p>
  );
}

/** Settings, Knowledge: collections of files that agents answer from. */
export function KnowledgeSection() {
  const { t, i18n } = useTranslation();
  const { value, failure } = useWatched('knowledge.watch', {});
  const [edited, setEdited] = useState<EditedCollection | null>(null);
  if (!value) return failure ? <FailureNote failure={failure} /> : <Spinner label={t('knowledge.loading')} />;
  const { collections, indexBytes, rebuiltAt, meaning } = value;
  const create = (
    <Button size="sm" icon={<Plus />} onClick={() => setEdited({ kind: 'new' })}>
      {t('knowledge.create')}
    </Button>
  );
  return (
    <>
      <FailureNote failure={failure} />
      <Section
        title={t('knowledge.collections')}
        hint={t('knowledge.collectionsHint')}
        actions={collections.length > 0 && create}
      >
        {rebuiltAt !== null && (
          <Banner tone="warn" className="mb-2.5">
            {t('knowledge.rebuilt')}
          </Banner>
        )}
        {collections.length === 0 ? (
          <Card>
            <EmptyState icon={<BookOpenText />} title={t('knowledge.none')} action={create}>
              {t('knowledge.noneHint')}
            </EmptyState>
          </Card>
        ) : (
          <ul className="grid gap-2.5">
            {collections.map((collection) => (
              <CollectionCard key={collection.id} collection={collection} meaning={meaning} onEdit={setEdited} />
            ))}
          </ul>
        )}
        {meaning.failure !== null && (
          <div className="mt-2.5">
            <p className="text-small">{t('knowledge.meaningFailed')}</p>
            <FailureNote failure={meaning.failure} />
          </div>
        )}
        {meaning.model === null && collections.length > 0 && <MeaningOffer />}
        {indexBytes > 0 && collections.length > 0 && (
          <p className="mt-2 text-ink-2 text-small">
            {t('knowledge.indexSize', { size: formatBytes(indexBytes, i18n.language) })}
          </p>
        )}
      </Section>
      {collections.length > 0 && <KnowledgeSearch collections={collections} hasMeaning={meaning.model !== null} />}
      <CollectionDialog edited={edited} onClose={() => setEdited(null)} />
    </>
  );
}
