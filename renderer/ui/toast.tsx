import { X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { type Status, StatusGlyph } from './status-glyph.tsx';

/** How long a toast stays, in ms; longer when it can be acted on. Hover and focus hold it. */
const stayMs = { plain: 5_000, withAction: 10_000 } as const;
/** Most toasts at a time; the oldest give way. */
const maxToasts = 3;

export interface ToastMessage {
  readonly text: string;
  /** What can still be done about it, usually "Undo". */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  readonly status?: Extract<Status, 'ok' | 'bad' | 'info'> | undefined;
}

interface Toasts {
  readonly show: (message: ToastMessage) => void;
}

const ToastContext = createContext<Toasts | null>(null);

/** What has just happened, said at the edge of the window. Needs a ToastProvider around. */
export function useToasts(): Toasts {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error('useToasts needs a ToastProvider around it');
  return toasts;
}

/** Carries the toasts of everything inside; one at the root of the page. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<readonly (ToastMessage & { readonly id: number })[]>([]);
  const lastId = useRef(0);
  const show = useCallback((message: ToastMessage) => {
    lastId.current += 1;
    const id = lastId.current;
    setShown((before) => [...before, { ...message, id }].slice(-maxToasts));
  }, []);
  const remove = (id: number) => setShown((before) => before.filter((toast) => toast.id !== id));
  const toasts = useMemo(() => ({ show }), [show]);
  return (
    <ToastContext value={toasts}>
      <Radix.Provider label={t('ui.notice')} swipeDirection="up">
        {children}
        {shown.map((toast) => (
          <OneToast key={toast.id} toast={toast} onGone={() => remove(toast.id)} />
        ))}
        <Radix.Viewport
          label={t('ui.notices', { hotkey: '{hotkey}' })}
          className="fixed inset-x-3 top-16 z-50 mx-auto flex max-w-md flex-col gap-2 outline-none"
        />
      </Radix.Provider>
    </ToastContext>
  );
}

function OneToast({ toast, onGone }: { toast: ToastMessage; onGone: () => void }) {
  const { t } = useTranslation();
  const { text, action, status = 'ok' } = toast;
  return (
    <Radix.Root
      duration={action ? stayMs.withAction : stayMs.plain}
      onOpenChange={(isOpen) => !isOpen && onGone()}
      className="flex animate-rise items-center gap-3 rounded-card border border-line bg-surface py-2 ps-3.5 pe-2 shadow-float"
    >
      <StatusGlyph status={status} />
      <Radix.Description className="min-w-0 flex-1 [overflow-wrap:anywhere]">{text}</Radix.Description>
      {action && (
        <Radix.Action asChild altText={action.label}>
          <Button size="sm" onClick={action.run}>
            {action.label}
          </Button>
        </Radix.Action>
      )}
      <Radix.Close asChild>
        <Button variant="quiet" size="sm" icon={<X />} aria-label={t('ui.dismiss')} className="size-7 px-0" />
      </Radix.Close>
    </Radix.Root>
  );
}
