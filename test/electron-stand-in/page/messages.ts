import type { PortSignal } from '../message-ports.ts';

/** What the main process sends to a page. Values are texts of the codec. */
export type ToPage =
  | PortSignal<string>
  | { readonly kind: 'message'; readonly channel: string; readonly values: string; readonly portIds: readonly string[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: string }
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string }
  | { readonly kind: 'permission'; readonly id: number; readonly isGranted: boolean };

/** What a page sends to the main process. */
export type FromPage =
  | PortSignal<string>
  | { readonly kind: 'send'; readonly channel: string; readonly values: string; readonly portIds: readonly string[] }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly values: string }
  | { readonly kind: 'preload-error'; readonly message: string }
  | FromMainWorld;

/** What the page's own world asks of the main process; the preload's world passes it on. */
export type FromMainWorld =
  | { readonly kind: 'open'; readonly address: string; readonly frameName: string; readonly features: string }
  | { readonly kind: 'leave'; readonly address: string }
  | { readonly kind: 'permission'; readonly id: number; readonly permission: string; readonly isQuery: boolean }
  | {
      readonly kind: 'context-menu';
      readonly x: number;
      readonly y: number;
      readonly selectionText: string;
      readonly linkURL: string;
      readonly srcURL: string;
      readonly isEditable: boolean;
    };
