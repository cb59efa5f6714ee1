import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** What joining shares and allows, in the words that `nunba-node join` uses (commands/hive/review-text.ts). */
export function JoiningFacts({ nodeName }: { readonly nodeName: string }) {
  const { t } = useTranslation();
  return (
    <div className="mt-5 flex flex-col gap-4">
      <FactList title={t('join.learns')}>
        <li>{t('join.learnsName', { name: nodeName })}</li>
        <li>{t('join.learnsNetwork')}</li>
      </FactList>
      <FactList title={t('join.may')}>
        <li>{t('join.mayMembers')}</li>
        <li className="font-medium text-ink">{t('join.mayStop')}</li>
        <li>{t('join.mayEnd')}</li>
      </FactList>
      <FactList title={t('join.stays')}>
        <li>{t('join.staysChats')}</li>
        <li>{t('join.staysLeave')}</li>
      </FactList>
    </div>
  );
}

function FactList({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2 className="font-semibold">{title}</h2>
      <ul className="mt-1 flex list-disc flex-col gap-0.5 ps-[18px] text-ink-2">{children}</ul>
    </section>
  );
}
