import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knowledgeLimits } from '../../../node-core/api/knowledge-limits.ts';
import type { CollectionView, KnowledgeHit } from '../../../node-core/api/knowledge-views.ts';
import { FileLinesDialog, type FilePlace } from '../../file-lines-dialog.tsx';
import { useCall } from '../../rpc/use-call.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, Select, TextInput } from '../../ui/field.tsx';
import { Card, Section } from '../../ui/page.tsx';

/** Quiet time of the keys after which it is searched, ms. */
const quietMs = 150;
/** Quiet time after which the words are taken for the whole question, so that their meaning counts, ms. */
const restMs = 700;
/** Times after which it is asked again where their meaning was not known: a large model takes that long to start; ms. */
const againMs = [2_000, 4_000, 8_000, 16_000] as const;
const mostHits = 20;

interface KnowledgeSearchProps {
  collections: readonly CollectionView[];
  /** A model finds by meaning what holds other words. */
  hasMeaning: boolean;
}

/** What an agent would find, for the person to look at. */
export function KnowledgeSearch({ collections, hasMeaning }: KnowledgeSearchProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [where, setWhere] = useState('');
  const [place, setPlace] = useState<FilePlace | null>(null);
  const collectionId = collections.some(({ id }) => id === where) ? where : null;
  const isRead = collections.every(
    ({ passages, embedded }) => embedded >= Math.min(passages, knowledgeLimits.meanings),
  );
  const { hits, isLooking, failure } = useHits({ words, collectionId, hasMeaning, isRead });
  return (
    <Section title={t('knowledge.search')} hint={t('knowledge.searchHint')}>
      <Card>
        <div className="flex flex-wrap gap-2.5">
          <Field label={t('knowledge.searchWords')} isLabelHidden className="min-w-48 flex-[2]">
            <TextInput
              type="search"
              placeholder={t('knowledge.searchWords')}
              value={words}
              maxLength={500}
              onChange={(event) => setWords(event.target.value)}
            />
          </Field>
          {collections.length > 1 && (
            <Field label={t('knowledge.searchIn')} isLabelHidden className="min-w-40 flex-1">
              <Select value={where} onChange={(event) => setWhere(event.target.value)}>
                <option value="">{t('knowledge.searchAll')}</option>
                {collections.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
          )}
        </div>
        <FailureNote failure={failure} className="mt-2" />
        <p role="status" className="mt-2 text-ink-2 text-small empty:hidden">
          {hits === null
            ? ''
            : hits.length === 0
              ? t(isLooking ? 'knowledge.nothingYet' : 'knowledge.nothingFound')
              : t('knowledge.found', { count: hits.length })}
        </p>
        {hits !== null && hits.length > 0 && <HitList hits={hits} onOpen={setPlace} />}
      </Card>
      <FileLinesDialog place={place} onClose={() => setPlace(null)} />
    </Section>
  );
}

interface HitListProps {
  hits: readonly KnowledgeHit[];
  onOpen: (place: FilePlace) => void;
}

function HitList({ hits, onOpen }: HitListProps) {
  const { t } = useTranslation();
  return (
    <ul className="mt-1 grid gap-0.5">
      {hits.map(({ path, name, line, page, snippet }) => (
        <li key={`${path}:${line}`}>
          <button
            type="button"
            onClick={() => onOpen({ path, line })}
            className="w-full min-w-0 rounded-control px-1.5 py-1 text-start hover:bg-sunken"
          >
            <span className="block font-medium text-small [overflow-wrap:anywhere]">
              {page === null ? t('knowledge.line', { name, line }) : t('knowledge.page', { name, page })}
            </span>
            <span className="line-clamp-2 text-ink-2 text-small [overflow-wrap:anywhere]">
              {snippet.map(({ text, isMatch }, index) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text
                isMatch ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface Question {
  words: string;
  /** `null`: in all of them. */
  collectionId: string | null;
  hasMeaning: boolean;
  /** All passages are read for their meaning; it is searched anew when they are. */
  isRead: boolean;
}

/**
 * What is found once the keys rest: by words soon, and by meaning too when they rest longer; `null` while there are no words.
 */
function useHits({ words, collectionId, hasMeaning, isRead }: Question) {
  const { run, failure } = useCall('knowledge.search');
  const [hits, setHits] = useState<readonly KnowledgeHit[] | null>(null);
  const [isLooking, setLooking] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read meanwhile is found by the same question
  useEffect(() => {
    setLooking(hasMeaning);
    if (words.trim() === '') {
      setHits(null);
      return;
    }
    let isCurrent = true;
    let isByMeaning = false;
    const timers: ReturnType<typeof setTimeout>[] = [];
    const search = async (byMeaning: boolean): Promise<void> => {
      const outcome = await run({ collectionId, query: words, limit: mostHits, byMeaning });
      // What was found by words alone may come late.
      if (!isCurrent || !outcome.isOk || (isByMeaning && !byMeaning)) return;
      isByMeaning = outcome.value.byMeaning;
      setHits(outcome.value.hits);
    };
    const searchByMeaning = async (tries: number): Promise<void> => {
      await search(true);
      if (!isCurrent) return;
      const waitMs = againMs[tries];
      if (isByMeaning || waitMs === undefined) setLooking(false);
      else timers.push(setTimeout(() => void searchByMeaning(tries + 1), waitMs));
    };
    timers.push(setTimeout(() => void search(false), quietMs));
    if (hasMeaning) timers.push(setTimeout(() => void searchByMeaning(0), restMs));
    return () => {
      isCurrent = false;
      for (const timer of timers) clearTimeout(timer);
    };
  }, [words, collectionId, hasMeaning, isRead, run]);
  return { hits, isLooking, failure };
}
