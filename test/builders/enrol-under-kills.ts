import type { Certificate } from '../../node-core/protocol/trust/certificate.ts';
import { enrolmentReplySchema, registerReplySchema } from '../../node-core/protocol/trust/enrolment.ts';
import { challengeForMs } from '../../node-core/trust/authority/open-challenge.ts';
import { createSeededIdentity } from '../doubles/trust/identity.ts';
import { type DeskApplicant, deskApplicant } from './desk-applicant.ts';

export interface CentralAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A central that runs. */
export interface StartedCentral {
  /** `null`: the connection broke before the whole answer was there. @param route `/register` or `/register/answer` */
  post(route: string, body: unknown): Promise<CentralAnswer | null>;
  /** Ends it by force (SIGKILL); resolves when it is gone. */
  kill(): Promise<void>;
}

/** What is to happen. */
export interface KillPlan {
  /** Starts central, again and again, over the same records. */
  readonly start: () => Promise<StartedCentral>;
  /** One for each applicant; two may name the same. */
  readonly invites: readonly { readonly id: string; readonly secret: string }[];
  readonly concurrency: number;
  readonly kills: number;
  /** 0..1; decides when central dies and which applicants forget what they began. */
  readonly random: () => number;
}

/** How it went for one applicant. */
export interface ApplicantEnd {
  readonly publicKey: string;
  readonly inviteId: string;
  /** Every different certificate that it was ever given. */
  readonly certificates: readonly Certificate[];
  /** Why it was refused for good, or `null`. */
  readonly refusal: string | null;
}

export interface KillOutcome {
  readonly ends: readonly ApplicantEnd[];
  /** How often central was ended by force while it had work. */
  readonly kills: number;
}

/**
 * Lets applicants enrol while central dies again and again at random points: at a random request, and a random number
 * of turns of the event loop after it was sent. Each applicant asks until it has its certificate or a refusal, as a
 * node does; some forget what they began and begin anew.
 */
export async function enrolUnderKills(plan: KillPlan): Promise<KillOutcome> {
  const central = new DyingCentral(plan);
  const ends: ApplicantEnd[] = [];
  const queue = plan.invites.entries();
  const work = async (): Promise<void> => {
    for (const [number, invite] of queue) {
      const applicant = deskApplicant(createSeededIdentity(`applicant ${number}`));
      ends.push(await enrol(central, applicant, invite, plan.random));
    }
  };
  await Promise.all(Array.from({ length: plan.concurrency }, work));
  await central.stop();
  return { ends, kills: central.kills };
}

class DyingCentral {
  readonly #plan: KillPlan;
  #present: Promise<StartedCentral>;
  #requestsLeft = 0;
  kills = 0;

  constructor(plan: KillPlan) {
    this.#plan = plan;
    this.#present = this.#start();
  }

  async post(route: string, body: unknown): Promise<CentralAnswer | null> {
    const central = await this.#present;
    this.#requestsLeft -= 1;
    if (this.#requestsLeft === 0 && this.kills < this.#plan.kills) {
      this.kills += 1;
      void this.#dieSoon(central);
    }
    return central.post(route, body);
  }

  async stop(): Promise<void> {
    await (await this.#present).kill();
  }

  async #start(): Promise<StartedCentral> {
    const { start, invites, kills, random } = this.#plan;
    const started = await start();
    // Two requests for each applicant at least; on average so many between two deaths as spread them over the whole.
    this.#requestsLeft = Math.ceil((random() * 1.8 * 2 * invites.length) / (kills + 1));
    return started;
  }

  async #dieSoon(central: StartedCentral): Promise<void> {
    const turns = Math.floor(this.#plan.random() * 40);
    for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    this.#present = central.kill().then(() => this.#start());
  }
}

/** Times one applicant begins anew: more would meet the limit of challenges for one key. */
const mostBeginnings = 4;

async function enrol(
  central: DyingCentral,
  applicant: DeskApplicant,
  invite: { readonly id: string; readonly secret: string },
  random: () => number,
): Promise<ApplicantEnd> {
  const certificates = new Map<string, Certificate>();
  const end = (refusal: string | null): ApplicantEnd => ({
    publicKey: applicant.identity.publicKey,
    inviteId: invite.id,
    certificates: [...certificates.values()],
    refusal,
  });
  for (let beginning = 1; ; beginning += 1) {
    const request = applicant.request({ invite_id: invite.id });
    const askedAt = performance.now();
    const challenged = await untilAnswered(() => central.post('/register', request));
    if (challenged.status !== 200) return end(reasonOf(challenged));
    const answer = applicant.answerTo(registerReplySchema.parse(challenged.body), invite.secret);
    const first = await central.post('/register/answer', answer);
    // A node that lost its own memory, not only the answer.
    if (first === null && beginning < mostBeginnings && random() < 0.3) continue;
    const answered = first ?? (await untilAnswered(() => central.post('/register/answer', answer)));
    // On a slow machine a challenge can end between two deaths; then a node begins anew.
    if (reasonOf(answered) === '410 challenge-ended' && performance.now() - askedAt >= challengeForMs) continue;
    if (answered.status !== 201) return end(reasonOf(answered));
    keep(certificates, answered);
    if (random() < 0.1) keep(certificates, await untilAnswered(() => central.post('/register/answer', answer)));
    return end(null);
  }
}

function keep(certificates: Map<string, Certificate>, answer: CentralAnswer): void {
  const reply = enrolmentReplySchema.parse(answer.body);
  if (reply.status === 'issued') certificates.set(JSON.stringify(reply.certificate), reply.certificate);
}

/** Asks until the answer is whole. */
async function untilAnswered(ask: () => Promise<CentralAnswer | null>): Promise<CentralAnswer> {
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

function reasonOf({ status, body }: CentralAnswer): string {
  const reason: unknown = typeof body === 'object' && body !== null && 'reason' in body ? body.reason : null;
  return `${status} ${String(reason)}`;
}
