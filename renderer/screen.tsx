import { createContext, type ReactNode, useContext, useState } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { RecipeDraftView } from '../node-core/api/recipe-views.ts';

export const settingsSections = [
  'general',
  'models',
  'agents',
  'knowledge',
  'recipes',
  'tool-servers',
  'permissions',
  'activity',
  'storage',
  'keys',
  'api',
  'updates',
  'about',
] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** A part of the storage settings that a menu leads to; a value of its own each time it does. */
export interface StorageGoal {
  readonly part: 'import' | 'export';
}

/** Pages about this computer, what is kept on it, and its place in a hive. */
export const computerPages = ['notes', 'trust', 'health', 'members'] as const;
export type ComputerPage = (typeof computerPages)[number];

/** A link to join by that was opened outside of the page. */
export interface JoinGoal {
  /** Tells one from the next. */
  readonly id: string;
  readonly link: string;
}

/** Which screen is shown. `conversationId` `null`: a new conversation that the first message will make. */
export type Screen =
  | { readonly kind: 'chat'; readonly conversationId: string | null }
  | { readonly kind: 'settings'; readonly section: SettingsSection }
  | { readonly kind: 'join' }
  | { readonly kind: ComputerPage }
  | { readonly kind: 'welcome' };

/** The screen and what changes it. */
export interface ScreenState {
  readonly screen: Screen;
  /** A message to bring into view once its conversation is shown. */
  readonly target: { readonly conversationId: string; readonly messageId: string } | null;
  /** Agent of the next new conversation; `null`: the default one. */
  readonly newChatAgentId: string | null;
  /** Where in the storage settings to go; `null`: to their beginning. */
  readonly storageGoal: StorageGoal | null;
  /** A recipe to be looked at and kept; `null`: none. */
  readonly recipeGoal: RecipeDraftView | null;
  /** Where that recipe comes from, to go back to when it is not kept; `null`: from nowhere. */
  readonly recipeOrigin: Screen | null;
  /** What to join; `null`: that is still to be said. It is never joined by itself. */
  readonly joinGoal: JoinGoal | null;
  /** How many decisions are open that nothing may put itself in front of. */
  readonly holds: number;
  /** How often a new conversation was asked for; each starts with a composer that has the focus. */
  readonly newChats: number;
  /** The conversation whose question is to have the focus once it is there; `null`: none. */
  readonly questionGoal: string | null;
  show(screen: Screen): void;
  /** Shows a conversation, at its question if an agent waits there. */
  showQuestion(conversationId: string): void;
  showMessage(conversationId: string, messageId: string): void;
  showStorage(part: StorageGoal['part']): void;
  showRecipe(draft: RecipeDraftView): void;
  /** The recipe was not kept: shows what was shown before it. */
  leaveRecipe(): void;
  showJoin(goal: JoinGoal | null): void;
  newChat(agentId?: string | null): void;
  /** Another agent for the new conversation that is shown. */
  chooseNewChatAgent(agentId: string): void;
  /** A decision is open, until `release`. */
  hold(): void;
  release(): void;
  /** The target or the question was reached, or is not there any more. */
  arrived(): void;
}

/** A store of its own per page, so that tests do not share one. */
export function createScreenStore(first: Screen): StoreApi<ScreenState> {
  return createStore<ScreenState>((set) => ({
    screen: first,
    target: null,
    newChatAgentId: null,
    storageGoal: null,
    joinGoal: null,
    recipeGoal: null,
    recipeOrigin: null,
    holds: 0,
    newChats: 0,
    questionGoal: null,
    show: (screen) =>
      set({ screen, target: null, storageGoal: null, recipeGoal: null, recipeOrigin: null, questionGoal: null }),
    showQuestion: (conversationId) =>
      set({ screen: { kind: 'chat', conversationId }, target: null, questionGoal: conversationId }),
    showStorage: (part) =>
      set({ screen: { kind: 'settings', section: 'storage' }, target: null, storageGoal: { part } }),
    showRecipe: (draft) =>
      set(({ screen }) => ({
        screen: { kind: 'settings', section: 'recipes' },
        target: null,
        recipeGoal: draft,
        recipeOrigin: screen,
      })),
    leaveRecipe: () =>
      set(({ screen, recipeOrigin }) => ({ screen: recipeOrigin ?? screen, recipeGoal: null, recipeOrigin: null })),
    showJoin: (goal) => set({ screen: { kind: 'join' }, target: null, joinGoal: goal }),
    showMessage: (conversationId, messageId) =>
      set({ screen: { kind: 'chat', conversationId }, target: { conversationId, messageId } }),
    newChat: (agentId = null) =>
      set(({ newChats }) => ({
        screen: { kind: 'chat', conversationId: null },
        target: null,
        newChatAgentId: agentId,
        newChats: newChats + 1,
      })),
    chooseNewChatAgent: (agentId) => set({ newChatAgentId: agentId }),
    hold: () => set(({ holds }) => ({ holds: holds + 1 })),
    release: () => set(({ holds }) => ({ holds: holds - 1 })),
    arrived: () => set({ target: null, questionGoal: null }),
  }));
}

const ScreenContext = createContext<StoreApi<ScreenState> | null>(null);

/** Hands the screen store to everything below it. */
export function ScreenProvider({ first, children }: { readonly first: Screen; readonly children: ReactNode }) {
  const [store] = useState(() => createScreenStore(first));
  return <ScreenContext value={store}>{children}</ScreenContext>;
}

/** A part of the screen's state, by a selector that returns stable values. */
export function useScreen<T>(select: (state: ScreenState) => T): T {
  const store = useContext(ScreenContext);
  if (!store) throw new Error('outside of a ScreenProvider');
  return useStore(store, select);
}
