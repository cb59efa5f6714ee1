import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CallResult } from '../../../node-core/api/contract.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { useLoaded } from './use-loaded.ts';

type About = CallResult<'about.get'>;

/** Settings, About: what runs here, which hosts it may contact, and what it is made of. */
export function AboutSection() {
  const { t } = useTranslation();
  const about = useLoaded('about.get');
  if (about.failure) return <FailureNote failure={about.failure} className="mt-6" />;
  if (!about.value) return <Spinner label={t('settings.about.loading')} />;
  const { version, runtime, dataFolder, contacts, licences } = about.value;
  return (
    <>
      <Section title={t('settings.about.title')}>
        <Card>
          <Facts>
            <Fact name={t('settings.about.version')}>{version}</Fact>
            <Fact name={t('settings.about.runtime')}>{runtime}</Fact>
            <Fact
              name={t('settings.about.dataFolder')}
              action={<CopyButton text={dataFolder} label={t('settings.copyPath')} isIcon variant="quiet" size="sm" />}
            >
              <span dir="ltr">{dataFolder}</span>
            </Fact>
            <Fact name={t('settings.about.licence')}>{t('settings.about.licenceName')}</Fact>
          </Facts>
        </Card>
      </Section>
      <Section title={t('settings.about.contacts')} hint={t('settings.about.contactsHint')}>
        <Contacts contacts={contacts} />
      </Section>
      <Section title={t('settings.about.licences')} hint={t('settings.about.licencesHint')}>
        <Licences licences={licences} />
      </Section>
    </>
  );
}

function Contacts({ contacts }: { contacts: About['contacts'] }) {
  const { t } = useTranslation();
  return (
    <Card className="py-1!">
      <ul className="divide-y divide-line">
        {contacts.map((contact) => (
          <li
            key={`${contact.host} ${contact.purpose} ${contact.name}`}
            className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2.5"
          >
            <span dir="ltr" className="w-52 flex-none font-medium [overflow-wrap:anywhere]">
              {contact.host}
            </span>
            <span className="min-w-[min(12rem,100%)] flex-1">
              {t(`settings.about.purpose.${contact.purpose}`, { name: contact.name })}
            </span>
            <span className="text-ink-2">{t(`settings.about.location.${contact.location}`)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Licences({ licences }: { licences: About['licences'] }) {
  const { t } = useTranslation();
  return (
    <details className="group rounded-card border border-line bg-surface">
      <summary className="flex list-none items-center justify-between rounded-card px-4 py-2.5 font-medium">
        {t('settings.about.licenceCount', { count: licences.length })}
        <ChevronDown aria-hidden="true" className="text-ink-3 transition-transform group-open:rotate-180" />
      </summary>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t('settings.about.licences')}
        className="max-h-96 divide-y divide-line overflow-y-auto border-line border-t px-4"
      >
        {licences.map((entry) => (
          <li key={`${entry.name} ${entry.version}`} className="flex flex-wrap justify-between gap-x-4 py-1.5">
            <span dir="ltr" className="[overflow-wrap:anywhere]">
              {entry.name} <span className="text-ink-3">{entry.version}</span>
            </span>
            <span className="text-ink-2 text-small">{entry.licence}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
