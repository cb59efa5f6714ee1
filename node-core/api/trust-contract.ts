import { z } from 'zod';
import { memberTiers } from '../protocol/trust/certificate.ts';
import { call, done, nothing, subscription } from './call-shapes.ts';
import {
  createdInviteSchema,
  deskSchema,
  federationKeySchema,
  inviteListSchema,
  inviteOrderSchema,
  joinLinkSchema,
  joinReviewSchema,
  memberListSchema,
  requestListSchema,
  trustSchema,
} from './trust-views.ts';

/** A public key, the beginning of one, or the id of an enrolment. */
const keyOrId = z.string().regex(/^[0-9a-f]{8,64}$/);

/** The share of trust in the contract: what a person does about their hive, and what stewards of an issuer do. */
export const trustCalls = {
  'trust.get': call(nothing, trustSchema),
  /** What a join link says. Nothing is sent. */
  'trust.review': call(z.object({ link: joinLinkSchema }), joinReviewSchema),
  /** Begins to join; `trust.watch` tells how it goes. Refused while a member, or while another join runs. */
  'trust.join': call(z.object({ link: joinLinkSchema }), done),
  /**
   * Begins to join by an issuer's address alone: it is asked which hive it is of, and nothing is pinned until its four
   * words are confirmed. `words`: those that the person was told; they are compared then, and nobody is asked.
   */
  'trust.joinAddress': call(
    z.object({
      address: z.string().trim().min(1).max(500),
      tier: z.enum(memberTiers),
      words: z.string().trim().min(1).max(200).nullable(),
    }),
    done,
  ),
  /** Pins the anchor that the issuer states, if these are its four words. */
  'trust.confirm': call(z.object({ words: z.string().max(200) }), done),
  /** Tries a join that waits for its next try at once. Does nothing where none waits. */
  'trust.retry': call(nothing, done),
  /** Ends a join that is not done. */
  'trust.cancel': call(nothing, done),
  /** Tells the issuer where it can, forgets certificates and federation key, keeps identity and chats. */
  'trust.leave': call(nothing, z.object({ isIssuerTold: z.boolean() })),
  /** Renews now. */
  'trust.renew': call(nothing, trustSchema),

  /** What stewards of an issuing node do; each call is kept in the audit. */
  'authority.createInvite': call(inviteOrderSchema, createdInviteSchema),
  'authority.listInvites': call(nothing, inviteListSchema),
  'authority.revokeInvite': call(z.object({ id: z.string().max(32) }), done),
  'authority.listRequests': call(nothing, requestListSchema),
  /** `id`: of the enrolment, or the beginning of the key, at least 8 digits. */
  'authority.approve': call(z.object({ id: keyOrId, mayIssue: z.boolean() }), done),
  'authority.reject': call(z.object({ id: keyOrId, reason: z.string().max(200) }), done),
  'authority.listMembers': call(nothing, memberListSchema),
  /** `key`: the public key, or its beginning, at least 8 digits. Rotates the federation key too. */
  'authority.revoke': call(z.object({ key: keyOrId, reason: z.string().trim().min(1).max(200) }), done),
  /** Lets a proven domain pass to another key. */
  'authority.release': call(z.object({ fqdn: z.string().max(253) }), done),
  'authority.federationKey': call(nothing, federationKeySchema),
  'authority.rotateFederationKey': call(nothing, federationKeySchema),
} as const;

export const trustSubscriptions = {
  'trust.watch': subscription(nothing, trustSchema),
  /** What stewards see. Refused with `not-issuing` where this node issues nothing. */
  'authority.watch': subscription(nothing, deskSchema),
} as const;
