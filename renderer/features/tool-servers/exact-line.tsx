import { useTranslation } from 'react-i18next';

interface ExactLineProps {
  kind: 'stdio' | 'http';
  line: string;
}

/** Exactly what is run or asked, all of it. */
export function ExactLine({ kind, line }: ExactLineProps) {
  const { t } = useTranslation();
  return (
    <figure className="flex flex-col gap-1">
      <figcaption className="font-medium">{t(`servers.line.${kind}`)}</figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        dir="ltr"
        className="max-h-60 overflow-y-auto whitespace-pre-wrap rounded-card border border-line bg-code px-3.5 py-2.5 font-mono text-[0.78125rem] leading-[1.6] [overflow-wrap:anywhere]"
      >
        {line}
      </pre>
    </figure>
  );
}
