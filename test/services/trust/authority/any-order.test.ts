import fc from 'fast-check';
import { expect, it } from 'vitest';
import { certificateBytes } from '../../../../node-core/protocol/trust/certificate.ts';
import {
  type AnswerRequest,
  enrolmentReplySchema,
  registerReplySchema,
} from '../../../../node-core/protocol/trust/enrolment.ts';
import type { HiveReply } from '../../../../node-core/trust/authority/hive-reply.ts';
import { createStrictVerifier } from '../../../../node-core/trust/verification/strict-verify.ts';
import { deskApplicant, faraway } from '../../../builders/desk-applicant.ts';
import { type HiveDesk, openHiveDesk } from '../../../builders/hive-desk.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const verify = createStrictVerifier();
const applicants = [0, 1, 2].map((n) => deskApplicant(createSeededIdentity(`applicant ${n}`)));

/** What one of the keys, a steward or the machine does next. */
type Step =
  | { readonly kind: 'register'; readonly who: number; readonly isInvited: boolean }
  | { readonly kind: 'answer' | 'poll'; readonly who: number }
  | { readonly kind: 'approve' | 'lose-signer' | 'find-signer' | 'restart' }
  | { readonly kind: 'wait'; readonly minutes: number };

const who = fc.integer({ min: 0, max: applicants.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('register' as const), who, isInvited: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('answer' as const, 'poll' as const), who }),
  fc.record({
    kind: fc.constantFrom('approve' as const, 'lose-signer' as const, 'find-signer' as const, 'restart' as const),
  }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(0.5, 2, 59, 61) }),
);

/** One hive and what its applicants know of it. */
class Story {
  readonly #hive: HiveDesk;
  readonly #invite: { readonly id: string; readonly secret: string };
  readonly #answers = new Map<number, AnswerRequest>();
  /** Serials of what left the desk. */
  readonly given = new Set<string>();

  constructor(hive: HiveDesk, invite: { readonly id: string; readonly secret: string }) {
    this.#hive = hive;
    this.#invite = invite;
  }

  async take(next: Step): Promise<void> {
    const { desk, central, clock, storage } = this.#hive;
    switch (next.kind) {
      case 'register':
        return this.#register(next.who, next.isInvited);
      case 'answer':
        return this.#ask(next.who, (answer) => desk.answer(answer, faraway));
      case 'poll':
        return this.#ask(next.who, (answer) => desk.poll(answer.enrolment_id, keyOf(next.who)));
      case 'approve':
        await storage.db
          .updateTable('hive_enrolments')
          .set({ state: 'approved' })
          .where('state', '=', 'pending')
          .execute();
        return;
      case 'lose-signer':
        return central.behave('silent');
      case 'find-signer':
        return central.behave('well');
      case 'restart':
        return desk.finishLeftovers();
      case 'wait':
        return clock.advance(next.minutes * 60_000);
    }
  }

  async #register(number: number, isInvited: boolean): Promise<void> {
    const applicant = applicants[number];
    if (!applicant) return;
    const request = applicant.request(isInvited ? { invite_id: this.#invite.id } : {});
    const reply = await this.#hive.desk.register(request, faraway);
    if (reply.status !== 200) return;
    const challenged = registerReplySchema.parse(reply.body);
    this.#answers.set(number, applicant.answerTo(challenged, isInvited ? this.#invite.secret : undefined));
  }

  async #ask(number: number, ask: (answer: AnswerRequest) => Promise<HiveReply>): Promise<void> {
    const answer = this.#answers.get(number);
    if (!answer) return;
    const { status, body } = await ask(answer);
    expect(status, JSON.stringify(body)).toBeLessThan(504);
    if (status !== 201) return;
    const reply = enrolmentReplySchema.parse(body);
    if (reply.status !== 'issued') return;
    const { certificate } = reply;
    expect(certificate.public_key).toBe(keyOf(number));
    expect(verify(certificateBytes(certificate), certificate.parent_signature, this.#hive.anchor.publicKey)).toBe(true);
    this.given.add(certificate.serial);
  }

  async judge(): Promise<void> {
    const { db } = this.#hive.storage;
    const rows = await db.selectFrom('hive_certificates').selectAll().execute();
    const signed = new Set(rows.filter(({ signature }) => signature !== null).map(({ serial }) => serial));
    expect(
      [...this.given].filter((serial) => !signed.has(serial)),
      'on record',
    ).toEqual([]);
    const enrolments = rows.map(({ enrolment_id }) => enrolment_id);
    expect(new Set(enrolments).size, 'one certificate for each enrolment').toBe(enrolments.length);
    expect((await db.selectFrom('hive_invite_uses').selectAll().execute()).length).toBeLessThanOrEqual(1);
    const issued = await db.selectFrom('hive_audit').select('number').where('act', '=', 'certificate-issued').execute();
    expect(issued).toHaveLength(rows.length);
  }
}

const keyOf = (number: number): string => applicants[number]?.identity.publicKey ?? '';

it('keeps its books in whatever order keys, stewards and crashes come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const hive = await openHiveDesk();
      const story = new Story(hive, await hive.invite());
      for (const next of steps) await story.take(next);
      await story.judge();
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);
