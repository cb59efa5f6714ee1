import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type ButtonProps } from './button.tsx';

/** How long "Copied" stands, in ms. */
const saidMs = 2_000;

interface CopyButtonProps extends Pick<ButtonProps, 'variant' | 'size' | 'className' | 'disabled'> {
  /** What is copied. */
  text: string;
  /** Name of the button; without children of its own it is also its words. */
  label: string;
  /** Show the icon alone. */
  isIcon?: boolean | undefined;
}

/** Copies a text and says so. Where the browser refuses, it says that instead. */
export function CopyButton({ text, label, isIcon = false, ...rest }: CopyButtonProps) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');
  useEffect(() => {
    if (outcome === 'none') return;
    const timer = setTimeout(() => setOutcome('none'), saidMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  const words = outcome === 'none' ? label : t(outcome === 'copied' ? 'ui.copied' : 'ui.copyRefused');
  const icon = outcome === 'copied' ? <Check /> : <Copy />;
  return (
    <>
      <Button {...rest} icon={icon} onClick={copy} {...(isIcon ? { label: words } : { children: words })} />
      <span role="status" className="sr-only">
        {outcome === 'none' ? '' : words}
      </span>
    </>
  );
}
