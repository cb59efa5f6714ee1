import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedView } from '../../node-core/api/hands-views.ts';
import { ExactText } from './exact-text.tsx';
import { FileChanges } from './file-changes.tsx';
import { PathText } from './path-text.tsx';
import { splitUrl } from './split-url.ts';
import { ValueView } from './value-view.tsx';

interface DeedDetailsProps {
  readonly deed: DeedView;
  /** It is to be decided about: nothing that matters is folded. */
  readonly isAsked: boolean;
}

/** Exactly what a deed does, whole. */
export function DeedDetails({ deed, isAsked }: DeedDetailsProps) {
  const { t } = useTranslation();
  switch (deed.kind) {
    case 'change-files':
      return <FileChanges deed={deed} isOpen={isAsked} />;
    case 'fetch-page':
      return (
        <Exact label={t('hands.address')} hint={t('hands.pageHint')}>
          <UrlText url={deed.url} />
        </Exact>
      );
    case 'run-command':
      return (
        <div className="grid gap-2">
          <Exact label={t('hands.command')} hint={t('hands.commandHint')}>
            <ExactText text={deed.command} />
          </Exact>
          <p className="text-ink-2 text-small">
            {t('hands.inFolder')} <PathText path={deed.folder} className="text-ink" />
          </p>
          {deed.seconds !== undefined && (
            <p className="text-ink-2 text-small">{t('hands.endsAfter', { count: deed.seconds })}</p>
          )}
        </div>
      );
    case 'call-server':
      return (
        <div className="grid gap-1">
          <p className="text-ink-2 text-small">{t('hands.serverHint', { server: deed.serverName })}</p>
          <ValueView value={deed.arguments} label={t('hands.askedWith')} isWhole={isAsked} />
        </div>
      );
  }
}

interface ExactProps {
  readonly label: string;
  readonly hint: string;
  readonly children: ReactNode;
}

function Exact({ label, hint, children }: ExactProps) {
  return (
    <figure aria-label={label} className="m-0 grid gap-1">
      <figcaption className="text-ink-2 text-small">{hint}</figcaption>
      <pre
        dir="ltr"
        className="whitespace-pre-wrap rounded-control border border-line bg-code px-3 py-2 font-mono text-small [overflow-wrap:anywhere]"
      >
        {children}
      </pre>
    </figure>
  );
}

/** An address with the host that is really asked emphasised. */
function UrlText({ url }: { readonly url: string }) {
  const { before, host, after } = splitUrl(url);
  return (
    <>
      <span className="text-ink-2">
        <ExactText text={before} />
      </span>
      <strong className="font-bold">
        <ExactText text={host} />
      </strong>
      <span className="text-ink-2">
        <ExactText text={after} />
      </span>
    </>
  );
}
