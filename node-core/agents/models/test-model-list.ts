import type { Socket } from 'node:net';
import { describeFailure } from '../../api/failure-sentences.ts';
import { errorCode } from '../../platform/socket-error.ts';
import type { ProviderAccess } from './language-model.ts';
import { maxListBytes, modelListRequest, readModelList } from './list-models.ts';
import { findOtherAddress } from './other-addresses.ts';
import { isSuccess } from './read-refusal.ts';
import { refusalFailure } from './refusal-failure.ts';
import { readText, sendOver } from './send-request.ts';
import { TestEnd, type TestSteps } from './test-steps.ts';
import type { TestMeans, TestSubject } from './test-subject.ts';

/** Longest wait for the list of models in a test, ms. */
const listTimeoutMs = 15_000;

/** An HTTP answer, read whole. */
interface Page {
  readonly status: number;
  readonly isSuccess: boolean;
  readonly contentType: string;
  readonly location: string | null;
  readonly text: string;
}

/**
 * The steps `http`, `key` and `models`: asks for the list of models over an open connection and judges what comes back.
 * @returns the model that is to answer
 */
export async function testModelList(
  subject: TestSubject,
  socket: Socket,
  steps: TestSteps,
  means: TestMeans,
): Promise<string> {
  const { access } = subject;
  const page = await steps.take('http', async () => {
    const answer = await ask(access, socket, means);
    await refuseWrongPage(access, answer, subject.model, means);
    return answer;
  });
  await steps.take('key', () => refuseKey(access, page));
  const models = readModelList(access.kind, page.text);
  if (models === null && subject.model !== null) {
    // There are services without a list; the answer will show whether the model is there.
    steps.skip('models');
    return subject.model;
  }
  return steps.take('models', () => {
    steps.models = models ?? [];
    return modelToAsk(access, subject.model, steps.models);
  });
}

async function ask(access: ProviderAccess, socket: Socket, means: TestMeans): Promise<Page> {
  const url = new URL(access.url);
  let isTooLate = false;
  const timer = means.clock.after(listTimeoutMs, () => {
    isTooLate = true;
    socket.destroy();
  });
  try {
    const endpoint = { url, trustedCertificate: access.trustedCertificate };
    const answer = await sendOver(socket, endpoint, modelListRequest(access), means.clock);
    return {
      status: answer.status,
      isSuccess: isSuccess(answer),
      contentType: answer.header('content-type') ?? '',
      location: answer.header('location'),
      text: await readText(answer, maxListBytes),
    };
  } catch (error) {
    means.signal.throwIfAborted();
    if (isTooLate) {
      throw new TestEnd({ kind: 'timeout', host: url.host, seconds: listTimeoutMs / 1000 }, { kind: 'test-again' });
    }
    throw await notHttp(access, error, means);
  } finally {
    timer.cancel();
  }
}

/** The far end hung up or sent something that is not HTTP; perhaps it wants TLS. */
async function notHttp(access: ProviderAccess, error: unknown, means: TestMeans): Promise<TestEnd> {
  const { host } = new URL(access.url);
  const code = errorCode(error);
  const detail = `What answers there does not speak HTTP${code === '' ? '' : ` (${code})`}.`;
  const other = await findOtherAddress(access, null, means.clock, means.signal);
  return new TestEnd(
    { kind: 'other', host, status: null, detail },
    other === null ? { kind: 'test-again' } : { kind: 'use-url', url: other },
  );
}

const isHtml = (page: Page): boolean =>
  /text\/html/i.test(page.contentType) || /^\s*<(?:!doctype|html)/i.test(page.text);

const isKeyAsked = (page: Page): boolean => page.status === 401 || page.status === 403;

/** Goes on with lists, questions for a key and services that have no list but a model that was named. */
async function refuseWrongPage(
  access: ProviderAccess,
  page: Page,
  model: string | null,
  means: TestMeans,
): Promise<void> {
  if (!isHtml(page) && isUsable(access, page)) return;
  const { host } = new URL(access.url);
  const other = await findOtherAddress(access, page.location, means.clock, means.signal);
  const fix = other === null ? ({ kind: 'edit-url' } as const) : ({ kind: 'use-url', url: other } as const);
  if (other !== null && isVersionAdded(access.url, other)) throw new TestEnd({ kind: 'missing-v1', host }, fix);
  if (isHtml(page)) throw new TestEnd({ kind: 'html', host }, fix);
  if (page.status === 404 && model !== null && /\/v\d+[a-z]*$/.test(new URL(access.url).pathname)) return;
  if (page.isSuccess) throw new TestEnd(notAList(host, page), fix);
  const isOurs = page.status >= 300 && page.status < 500;
  throw new TestEnd(refusalOf(access, page, means), isOurs ? fix : { kind: 'test-again' });
}

const isUsable = (access: ProviderAccess, page: Page): boolean =>
  isKeyAsked(page) || isKeyRefused(access, page) || (page.isSuccess && readModelList(access.kind, page.text) !== null);

const isVersionAdded = (from: string, to: string): boolean =>
  new URL(from).origin === new URL(to).origin && /\/v\d+[a-z]*$/.test(to) && !/\/v\d+[a-z]*$/.test(from);

const notAList = (host: string, page: Page) =>
  ({ kind: 'other', host, status: page.status, detail: 'It answered, but not with a list of models.' }) as const;

const failureOfPage = (access: ProviderAccess, page: Page, now: number) => {
  const { host } = new URL(access.url);
  const refusal = { status: page.status, retryAfter: null, location: page.location, body: page.text };
  return refusalFailure(refusal, { host, model: null, key: access.key, now });
};

const refusalOf = (access: ProviderAccess, page: Page, means: TestMeans) => {
  const { host } = new URL(access.url);
  const failure = failureOfPage(access, page, means.clock.now());
  const detail = failure.kind === 'model-error' ? failure.detail : describeFailure(failure);
  return { kind: 'other', host, status: page.status, detail } as const;
};

/** Google refuses a key with status 400 and a word in the body. */
const isKeyRefused = (access: ProviderAccess, page: Page): boolean =>
  !page.isSuccess && failureOfPage(access, page, 0).kind === 'model-refused-key';

function refuseKey(access: ProviderAccess, page: Page): void {
  if (!isKeyAsked(page) && !isKeyRefused(access, page)) return;
  const { host } = new URL(access.url);
  throw new TestEnd({ kind: 'unauthorized', host, hasKey: access.key !== null }, { kind: 'enter-key' });
}

function modelToAsk(access: ProviderAccess, wanted: string | null, listed: readonly string[]): string {
  const { host } = new URL(access.url);
  const first = listed[0];
  if (first === undefined) throw new TestEnd({ kind: 'no-models', host }, { kind: 'test-again' });
  if (wanted === null || listed.includes(wanted)) return wanted ?? first;
  throw noSuchModel(wanted, listed);
}

/** The end of a test whose model is not there: proposes the one whose name is nearest. */
export function noSuchModel(model: string, listed: readonly string[]): TestEnd {
  const near =
    listed.find((each) => each === `${model}:latest`) ??
    listed.find((each) => each.toLowerCase().startsWith(model.toLowerCase())) ??
    listed.find((each) => each.toLowerCase().includes(model.toLowerCase())) ??
    listed.find((each) => each !== model);
  return new TestEnd(
    { kind: 'no-such-model', model, available: [...listed] },
    near === undefined ? { kind: 'edit-url' } : { kind: 'use-model', model: near },
    'models',
  );
}
