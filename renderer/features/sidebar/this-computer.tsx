import { Activity, type LucideIcon, NotebookPen, ShieldCheck, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWatched } from '../../rpc/use-watched.ts';
import { type ComputerPage, useScreen } from '../../screen.tsx';
import { classes } from '../../ui/classes.ts';
import { GroupHeading } from './group-heading.tsx';

const icons: Readonly<Record<ComputerPage, LucideIcon>> = {
  notes: NotebookPen,
  trust: ShieldCheck,
  health: Activity,
  members: Users,
};

/** The pages about this computer; members only where this node may take some in. */
export function ThisComputer() {
  const { t } = useTranslation();
  const mayIssue = useWatched('status.watch', {}).value?.hive?.mayIssue === true;
  const pages: readonly ComputerPage[] = ['notes', 'trust', 'health', ...(mayIssue ? (['members'] as const) : [])];
  return (
    <section aria-label={t('sidebar.thisComputer.heading')}>
      <GroupHeading>{t('sidebar.thisComputer.heading')}</GroupHeading>
      <ul className="grid gap-px">
        {pages.map((page) => (
          <li key={page}>
            <PageRow page={page} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function PageRow({ page }: { readonly page: ComputerPage }) {
  const { t } = useTranslation();
  const show = useScreen((state) => state.show);
  const isShown = useScreen(
    (state) => state.screen.kind === page || (page === 'trust' && state.screen.kind === 'join'),
  );
  const Icon = icons[page];
  return (
    <button
      type="button"
      data-row
      aria-current={isShown ? 'page' : undefined}
      onClick={() => show({ kind: page })}
      className={classes(
        'flex min-h-[33px] w-full items-center gap-[9px] rounded-[7px] px-2 py-1 text-start transition-colors',
        isShown ? 'bg-surface font-medium text-ink shadow-near' : 'text-ink-2 hover:bg-surface/60 hover:text-ink',
      )}
    >
      <Icon aria-hidden="true" className="mx-0.5" />
      <span className="min-w-0 truncate">{t(`sidebar.thisComputer.${page}`)}</span>
    </button>
  );
}
