import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GrantView } from '../../../node-core/api/hands-views.ts';
import { exactName } from '../../hands/exact-pieces.ts';
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
    .map((grant) => {
      const { agentId, subject, toolName } = grant;
      const words = lastingWords(t, subject, { agent: names.agent(agentId), toolName });
      // The line of a command stands below the words.
      const wholeWords = subject.kind === 'command' ? `${words}: ${exactName(subject.command)}` : words;
      return { grant, words, wholeWords };
    });
  const found = rows.filter(({ wholeWords }) => wholeWords.toLowerCase().includes(wanted.trim().toLowerCase()));
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
        {found.map(({ grant, ...said }) => (
          // The button goes with its row; the list keeps the keyboard's place.
          <GrantRow key={grant.id} grant={grant} {...said} names={names} onLeave={() => list.current?.focus()} />
        ))}
      </ul>
    </>
  );
}
