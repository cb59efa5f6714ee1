import { type Deed, type DeedSubject, isWithinSubject, subjectOf } from './deed.ts';

/** What the person answers when asked. `once`, `chat` and `always` allow; `no` refuses this one deed. */
export const permissionAnswers = ['once', 'chat', 'always', 'no'] as const;
export type PermissionAnswer = (typeof permissionAnswers)[number];

/** How far a kept permission reaches: one conversation, or every conversation of the agent. */
export type GrantScope = { readonly kind: 'chat'; readonly conversationId: string } | { readonly kind: 'always' };

/** A permission that the person gave and can take back. It is one agent's, one tool's, and about one subject. */
export interface Grant {
  readonly id: string;
  readonly agentId: string;
  readonly toolName: string;
  readonly subject: DeedSubject;
  readonly scope: GrantScope;
  /** ms since the epoch */
  readonly givenAt: number;
}

/** A deed that waits to be allowed, and who wants to do it where. */
export interface DeedRequest {
  readonly agentId: string;
  readonly toolName: string;
  readonly conversationId: string;
  readonly deed: Deed;
  /** Somebody can be asked: the answer stands in a conversation of the person, not in a program's request. */
  readonly canAsk: boolean;
}

export type PermissionVerdict =
  /** A kept permission covers it. */
  | { readonly kind: 'allowed'; readonly grant: Grant }
  | { readonly kind: 'ask' }
  /** Nobody can be asked. */
  | { readonly kind: 'refused' };

/**
 * Whether a deed may be done at once. Only what the person granted counts: nothing that a model, a file, a page or a
 * server says is an input of this rule. Pure.
 */
export function judgeDeed(request: DeedRequest, grants: readonly Grant[]): PermissionVerdict {
  const grant = grants.find((each) => covers(each, request));
  if (grant) return { kind: 'allowed', grant };
  return request.canAsk ? { kind: 'ask' } : { kind: 'refused' };
}

/**
 * Whether a kept permission covers a deed: same agent, same tool, the same subject or, of a command, a shorter run of it,
 * and the conversation if it is for one.
 */
export function covers(grant: Grant, request: Omit<DeedRequest, 'canAsk'>): boolean {
  return (
    grant.agentId === request.agentId &&
    grant.toolName === request.toolName &&
    isWithinSubject(subjectOf(request.deed), grant.subject) &&
    (grant.scope.kind === 'always' || grant.scope.conversationId === request.conversationId)
  );
}

/** The scope that an answer gives beyond the one deed; `null` for an answer that gives none. */
export function scopeOf(answer: PermissionAnswer, conversationId: string): GrantScope | null {
  switch (answer) {
    case 'chat':
      return { kind: 'chat', conversationId };
    case 'always':
      return { kind: 'always' };
    case 'once':
    case 'no':
      return null;
  }
}
