import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';

interface TrustedHostsProps {
  /** As they stand in addresses; the newest last. */
  readonly hosts: readonly string[];
  readonly onChange: (hosts: string[]) => void;
}

/** Hosts whose links leave the app without a question, each with a way back to the question. */
export function TrustedHosts({ hosts, onChange }: TrustedHostsProps) {
  const { t } = useTranslation();
  const group = useRef<HTMLFieldSetElement>(null);
  const remove = (host: string): void => {
    // The button goes with its line; without this the keyboard would begin at the top of the page again.
    group.current?.focus();
    onChange(hosts.filter((one) => one !== host));
  };
  return (
    <fieldset ref={group} tabIndex={-1} className="m-0 border-line border-t p-0 pt-4 outline-none">
      <legend className="sr-only">{t('desktop.trustedHosts')}</legend>
      <p className="font-medium" aria-hidden="true">
        {t('desktop.trustedHosts')}
      </p>
      <p className="max-w-[60ch] text-pretty text-ink-2 text-small">
        {t(hosts.length === 0 ? 'desktop.trustedHostsNone' : 'desktop.trustedHostsHint')}
      </p>
      {hosts.length > 0 && (
        <ul className="mt-2 max-h-64 divide-y divide-line overflow-y-auto">
          {hosts.map((host) => (
            <li key={host} className="flex items-center justify-between gap-3 py-1.5">
              <span dir="ltr" className="min-w-0 [overflow-wrap:anywhere]">
                {host}
              </span>
              <Button size="sm" aria-label={t('desktop.removeTrustedHost', { host })} onClick={() => remove(host)}>
                {t('desktop.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
