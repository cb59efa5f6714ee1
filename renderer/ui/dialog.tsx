import { X } from 'lucide-react';
import { Dialog as Radix, AlertDialog as RadixAlert } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { useFocusReturn } from './use-focus-return.ts';

const veil = 'fixed inset-0 z-40 animate-appear bg-veil';
const sheet = classes(
  'fixed z-40 flex animate-rise flex-col bg-surface text-ink shadow-float outline-none',
  'inset-x-3 bottom-3 max-h-[calc(100dvh-1.5rem)] rounded-sheet border border-line',
  'sm:inset-x-auto sm:bottom-auto sm:start-1/2 sm:top-1/2 sm:w-full sm:-translate-y-1/2 sm:ltr:-translate-x-1/2 sm:rtl:translate-x-1/2',
);
const widths = { sm: 'sm:max-w-md', md: 'sm:max-w-xl', lg: 'sm:max-w-3xl' } as const;

interface DialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  size?: keyof typeof widths | undefined;
  /** Holds a form: a click beside it does not throw away what was written. */
  isForm?: boolean | undefined;
  /** Buttons, at the end of the last line; stay in view while the body scrolls. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** A sheet above the page. Escape, the veil and the cross close it. */
export function Dialog(props: DialogProps) {
  const { isOpen, onOpenChange, title, description, size = 'md', isForm = false, footer, children } = props;
  const { t } = useTranslation();
  const focusReturn = useFocusReturn();
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Radix.Content
          className={classes(sheet, widths[size])}
          {...focusReturn}
          onInteractOutside={(event) => isForm && event.preventDefault()}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="px-6 pt-5 pb-3">
            <Radix.Title className="pe-8 font-semibold text-lead">{title}</Radix.Title>
            {description !== undefined && (
              <Radix.Description className="mt-1 text-ink-2 text-small">{description}</Radix.Description>
            )}
          </header>
          <div className="min-h-0 flex-1 scroll-pb-20 overflow-y-auto px-6 pt-1 pb-5">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap items-center justify-end gap-2.5 border-line border-t px-6 py-3.5">
              {footer}
            </footer>
          )}
          {/* The last in the order of keys, so that the focus starts in what the sheet is about. */}
          <Radix.Close asChild>
            <Button
              variant="quiet"
              size="sm"
              icon={<X />}
              aria-label={t('ui.close')}
              className="absolute end-4 top-4 size-7 px-0"
            />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ConfirmDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** What will have happened afterwards, and whether it can be taken back. */
  description: ReactNode;
  /** What the button does, as a verb. */
  confirmLabel: string;
  isDanger?: boolean | undefined;
  onConfirm: () => void;
}

/** A question before something that cannot be undone. The focus starts on "Cancel". */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onOpenChange, title, description, confirmLabel, isDanger = false, onConfirm } = props;
  const { t } = useTranslation();
  const focusReturn = useFocusReturn();
  return (
    <RadixAlert.Root open={isOpen} onOpenChange={onOpenChange}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={veil} />
        <RadixAlert.Content {...focusReturn} className={classes(sheet, widths.sm)}>
          <div className="overflow-y-auto px-6 pt-5 pb-4">
            <RadixAlert.Title className="font-semibold text-lead">{title}</RadixAlert.Title>
            <RadixAlert.Description className="mt-1.5 text-ink-2">{description}</RadixAlert.Description>
          </div>
          <footer className="flex flex-wrap items-center justify-end gap-2.5 px-6 pt-1 pb-5">
            <RadixAlert.Cancel asChild>
              <Button>{t('ui.cancel')}</Button>
            </RadixAlert.Cancel>
            <RadixAlert.Action asChild>
              <Button variant={isDanger ? 'danger' : 'primary'} onClick={onConfirm}>
                {confirmLabel}
              </Button>
            </RadixAlert.Action>
          </footer>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  );
}
