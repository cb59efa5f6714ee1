import type { LoginItemSettingsOptions, Settings } from 'electron';

/** An item of a menu, as far as a test looks at it and presses it. */
export interface SeenMenuItem {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly checked: boolean;
  readonly submenu: { readonly items: readonly SeenMenuItem[] } | null;
  click(): void;
}

/** An icon in the system's tray. */
export interface SeenTray {
  readonly id: number;
  tooltip: string;
  title: string;
  /** Pixels of the icon, whether the system colours it, and the file it was read from; empty: from none. */
  image: {
    readonly width: number;
    readonly height: number;
    readonly isTemplate: boolean;
    readonly file: string;
  };
  menu: { readonly items: readonly SeenMenuItem[] } | null;
  isDestroyed: boolean;
  /** As a person presses it. */
  readonly emit: (event: 'click' | 'double-click' | 'right-click' | 'balloon-click') => void;
}

/** A notification of the system. */
export interface SeenNotification {
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  isClosed: boolean;
  readonly emit: (event: 'click' | 'close') => void;
}

/** What the shell has done to the world around it, as a test may see it: `electron.standIn` in `electronApp.evaluate`. */
export interface StandInRecord {
  /** Whether trays exist; a test may say no before the shell starts one. */
  readonly trays: SeenTray[];
  readonly notifications: SeenNotification[];
  /** Addresses that were opened in the person's browser or another program. */
  readonly openedLinks: string[];
  readonly openedPaths: string[];
  readonly shownInFolder: string[];
  readonly trashed: string[];
  readonly errorBoxes: { readonly title: string; readonly content: string }[];
  /** Dialogs that nobody answered; a test answers by replacing the function of `dialog`. */
  readonly dialogs: { readonly kind: 'open' | 'save' | 'message'; readonly options: object }[];
  readonly loginItems: Settings[];
  readonly loginItemsAsked: (LoginItemSettingsOptions | undefined)[];
  /** Schemes that the app is the system's program for. */
  readonly protocolClients: Set<string>;
  /** Arguments with which the app asked to be started again. */
  readonly relaunches: (readonly string[])[];
  readonly recentDocuments: string[];
  /** Addresses that pages wanted a window for, once the handler has answered. */
  readonly windowsAsked: string[];
  /** Permissions of pages that a handler was asked for. */
  readonly permissionsAsked: { readonly permission: string; readonly origin: string; readonly isGranted: boolean }[];
}

/** The one of this process. */
export const record: StandInRecord = {
  trays: [],
  notifications: [],
  openedLinks: [],
  openedPaths: [],
  shownInFolder: [],
  trashed: [],
  errorBoxes: [],
  dialogs: [],
  loginItems: [],
  loginItemsAsked: [],
  protocolClients: new Set(),
  relaunches: [],
  recentDocuments: [],
  permissionsAsked: [],
  windowsAsked: [],
};
