import type { App } from 'electron';

/** `app.commandLine`, over the switches that the app was started with. */
export function switchesOf(switches: Map<string, string>): object {
  return {
    appendSwitch: (name: string, value = ''): void => void switches.set(name.toLowerCase(), value),
    appendArgument: (): void => undefined,
    hasSwitch: (name: string): boolean => switches.has(name.toLowerCase()),
    getSwitchValue: (name: string): string => switches.get(name.toLowerCase()) ?? '',
    removeSwitch: (name: string): void => void switches.delete(name.toLowerCase()),
  } satisfies Partial<App['commandLine']>;
}

/** `app.dock`, which exists on macOS only. */
export function createDock(): object {
  return {
    setMenu: (): void => undefined,
    setIcon: (): void => undefined,
    setBadge: (): void => undefined,
    getBadge: (): string => '',
    bounce: (): number => 0,
    cancelBounce: (): void => undefined,
    hide: (): void => undefined,
    show: async (): Promise<void> => undefined,
    isVisible: (): boolean => true,
  } satisfies Partial<NonNullable<App['dock']>>;
}
