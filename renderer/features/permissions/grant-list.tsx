import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GrantView } from '../../../node-core/api/hands-views.ts';
import { lastingWords } from '../../hands/lasting-words.ts';
import type { Names } from '../../hands/use-names.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { GrantRow } from './grant-row.tsx';

/** From so many on a list is searched rather than read. */
const searchedFrom = 6;

interface GrantListProps {
  readonly grants: readonly GrantView[];
  readonly names: Names;
}

/** Every permission that holds, newest first, each with a way to take it back. */
export function GrantList({ grants, names }: GrantListProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const rows = [...grants]
    .sort((a, b) => b.givenAt - a.givenAt)
    .map((grant) => ({
      grant,
      words: lastingWords(t, grant.subject, { agent: names.agent(grant.agentId), toolName: grant.toolName }),
    }));
  const found = rows.filter(({ words }) => words.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <>
      {grants.length >= searchedFrom && (
        <Field label={t('permissions.search')} isLabelHidden className="mb-2">
          <TextInput
            type="search"
            value={wanted}
            placeholder={t('permissions.search')}
            onChange={(event) => setWanted(event.target.value)}
          />
        </Field>
      )}
      <p role="status" className="sr-only">
        {wanted.trim() !== '' && t('permissions.found', { count: found.length })}
      </p>
      {found.length === 0 && <p className="py-2 text-ink-2">{t('permissions.noneFound')}</p>}
      <ul ref={list} tabIndex={-1} aria-label={t('permissions.title')} className="divide-y divide-line outline-none">
        {found.map(({ grant, words }) => (
          // The button goes with its row; the list keeps the keyboard's place.
          <GrantRow key={grant.id} grant={grant} words={words} names={names} onLeave={() => list.current?.focus()} />
        ))}
      </ul>
    </>
  );
}
