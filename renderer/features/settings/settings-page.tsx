import {
  BookOpen,
  BookOpenText,
  Bot,
  Cable,
  Database,
  History,
  Info,
  KeyRound,
  type LucideIcon,
  Plug,
  RefreshCw,
  Server,
  ShieldCheck,
  SlidersHorizontal,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsSection } from '../../screen.tsx';
import { classes } from '../../ui/classes.ts';
import { Page } from '../../ui/page.tsx';

interface SettingsPageProps {
  section: SettingsSection;
  onSection: (section: SettingsSection) => void;
  /** What each section shows; `null`: there is no such section here. */
  sections: Readonly<Record<SettingsSection, (() => ReactNode) | null>>;
}

const icons: Readonly<Record<SettingsSection, LucideIcon>> = {
  general: SlidersHorizontal,
  models: Server,
  agents: Bot,
  knowledge: BookOpenText,
  recipes: BookOpen,
  'tool-servers': Plug,
  permissions: ShieldCheck,
  activity: History,
  storage: Database,
  keys: KeyRound,
  api: Cable,
  updates: RefreshCw,
  about: Info,
};

/** The settings: sections with a navigation of their own; beside each other where there is room. */
export function SettingsPage({ section, onSection, sections }: SettingsPageProps) {
  const { t } = useTranslation();
  return (
    <Page title={t('settings.title')}>
      <div className="@container mt-4">
        <div className="@2xl:grid @2xl:grid-cols-[10.5rem_minmax(0,1fr)] @2xl:gap-8">
          <nav aria-label={t('settings.title')} className="@2xl:sticky @2xl:top-0 @2xl:self-start @2xl:pt-6">
            <ul className="flex @2xl:flex-col flex-wrap gap-1">
              {(Object.keys(icons) as SettingsSection[])
                .filter((name) => sections[name] !== null)
                .map((name) => (
                  <li key={name}>
                    <SectionLink name={name} isShown={name === section} onClick={() => onSection(name)} />
                  </li>
                ))}
            </ul>
          </nav>
          {/* Keyed, so that a section starts anew when it is shown again. */}
          <section
            key={section}
            aria-label={t('settings.shown', { section: t(`settings.section.${section}`) })}
            className="min-w-0 animate-appear pb-10"
          >
            {sections[section]?.()}
          </section>
        </div>
      </div>
    </Page>
  );
}

interface SectionLinkProps {
  name: SettingsSection;
  isShown: boolean;
  onClick: () => void;
}

function SectionLink({ name, isShown, onClick }: SectionLinkProps) {
  const { t } = useTranslation();
  const Icon = icons[name];
  return (
    <button
      type="button"
      aria-current={isShown ? 'page' : undefined}
      onClick={onClick}
      className={classes(
        'flex min-h-8 w-full items-center gap-2.5 rounded-control px-2.5 py-1 text-start transition-colors',
        isShown
          ? 'bg-surface font-medium text-ink shadow-near ring-1 ring-line'
          : 'text-ink-2 hover:bg-sunken hover:text-ink',
      )}
    >
      <Icon aria-hidden="true" />
      {t(`settings.section.${name}`)}
    </button>
  );
}
