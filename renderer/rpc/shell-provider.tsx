import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { ShellView } from '../../node-core/api/shell-views.ts';
import type { ShellClient } from './shell-client.ts';

const ShellContext = createContext<ShellClient | null>(null);

interface ShellProviderProps {
  /** `null` in a browser. */
  readonly shell: ShellClient | null;
  readonly children: ReactNode;
}

/** Hands the desktop shell to everything below it. */
export function ShellProvider({ shell, children }: ShellProviderProps) {
  return <ShellContext value={shell}>{children}</ShellContext>;
}

/** The desktop shell, or `null` in a browser. */
export function useShell(): ShellClient | null {
  return useContext(ShellContext);
}

/** What the desktop shell says just now; `null` in a browser, and before it has said anything. */
export function useShellView(): ShellView | null {
  const shell = useShell();
  return useSyncExternalStore(
    (listener) => shell?.onView(listener) ?? (() => undefined),
    () => shell?.view() ?? null,
  );
}
