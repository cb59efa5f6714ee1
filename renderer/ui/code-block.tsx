import { CopyButton } from './copy-button.tsx';

interface CodeBlockProps {
  /** What the code is, read out and named on the copy button. */
  label: string;
  copyLabel: string;
  code: string;
}

/** Text for a terminal or a program, with a button that copies it. */
export function CodeBlock({ label, copyLabel, code }: CodeBlockProps) {
  return (
    <figure className="overflow-hidden rounded-card border border-line bg-code">
      <figcaption className="flex items-center justify-between gap-3 border-line border-b py-1 ps-3.5 pe-1 text-ink-2 text-small">
        {label}
        <CopyButton text={code} label={copyLabel} variant="quiet" size="sm" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} dir="ltr" className="overflow-x-auto px-3.5 py-3 font-mono text-[0.78125rem] leading-[1.6]">
        {code}
      </pre>
    </figure>
  );
}
