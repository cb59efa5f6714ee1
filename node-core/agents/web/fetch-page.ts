import { z } from 'zod';
import { CertificateRefusal } from '../../platform/open-socket.ts';
import { connectionCause } from '../../platform/socket-error.ts';
import type { JsonValue } from '../../protocol/json-value.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Reckoner } from '../reckoner/reckoner.ts';
import { defineDeedTool, NothingDone, type Tool, ToolRefusal } from '../tools/tool.ts';
import { getPage, isRedirect, type PageAnswer } from './get-page.ts';
import { type PageAddress, readPageAddress, readRedirect } from './page-address.ts';
import { connectToPage, type Reach } from './page-connection.ts';
import { decodeBody, kindOf, type PageText } from './page-text.ts';

/** Most redirects within one host that are followed. */
const maxRedirects = 5;

/** Most characters of a page's text in one result. */
export const maxTextChars = 30_000;

/** Longest fetch of a page, with all redirects, ms. */
const fetchMs = 20_000;

/** What pages are fetched with. */
export interface WebMeans {
  readonly reach: Reach;
  readonly clock: Clock;
  /** Reads large pages without holding the node. */
  readonly reckoner: Pick<Reckoner, 'readPage'>;
  /** Version of Nunba, which is all that a host is told. */
  readonly version: string;
}

/** Reads a page of the open web as text, once the person has allowed its host to be contacted. */
export function createFetchPage(means: WebMeans): Tool {
  return defineDeedTool({
    name: 'fetch_page',
    description:
      'Reads one public page of the web as text, with its links. The person is asked before a host is contacted. Long pages come in pieces: read on with `from` until `next` is null. Cannot reach this computer or its network, log in, send forms or run scripts.',
    input: z.strictObject({
      url: z.string().min(1).max(4000).describe('The whole address, with https:// or http://.'),
      from: z.number().int().min(0).max(10_000_000).default(0).describe('First character of the text to show.'),
    }),
    limits: { timeMs: fetchMs, perMinute: 20 },
    isOutside: true,
    async plan({ url, from }) {
      const read = readPageAddress(url, means.reach.isAllowed);
      if (read.kind === 'refused') throw new ToolRefusal(read.reason);
      const { page } = read;
      return {
        kind: 'deed',
        deed: { kind: 'fetch-page', url: page.url.href, host: page.host },
        run: async ({ signal }, notes) => {
          const got = await notes.act({ kind: 'outside', what: `GET ${page.url.href}` }, () =>
            follow(page, means, signal),
          );
          return {
            value: await describe(got, from, (html, url) => means.reckoner.readPage(html, url, signal)),
            sources: [],
          };
        },
      };
    },
  });
}

type Got =
  | { readonly kind: 'page'; readonly page: PageAddress; readonly answer: PageAnswer }
  | { readonly kind: 'moved'; readonly to: PageAddress };

async function follow(start: PageAddress, means: WebMeans, signal: AbortSignal): Promise<Got> {
  let page = start;
  for (let count = 0; count <= maxRedirects; count += 1) {
    const answer = await ask(page, means, signal).catch((error: unknown) => {
      // The first host was asked, whatever became of the rest.
      throw count > 0 && error instanceof NothingDone ? new ToolRefusal(error.message, { cause: error }) : error;
    });
    if (!isRedirect(answer.status) || answer.location === null) return { kind: 'page', page, answer };
    const next = readRedirect(answer.location, page, means.reach.isAllowed);
    if (!next)
      throw new ToolRefusal(`${page.host} sends on to an address that is not in the open web. It was not asked.`);
    if (next.kind === 'other-host') return { kind: 'moved', to: next.page };
    page = next.page;
  }
  throw new ToolRefusal(`${start.host} sent on more than ${maxRedirects} times.`);
}

async function ask(page: PageAddress, { reach, clock, version }: WebMeans, signal: AbortSignal): Promise<PageAnswer> {
  const sentenceOf = (error: unknown): string => {
    signal.throwIfAborted();
    return error instanceof ToolRefusal ? error.message : connectionSentence(error, page.host);
  };
  const socket = await connectToPage(page, reach, clock, signal).catch((error: unknown) => {
    throw new NothingDone(sentenceOf(error), { cause: error });
  });
  try {
    return await getPage(socket, page, `Nunba/${version}`, clock);
  } catch (error) {
    throw new ToolRefusal(sentenceOf(error), { cause: error });
  }
}

const sentences: Readonly<Record<ReturnType<typeof connectionCause>, string>> = {
  dns: 'cannot be found: there is no such name, or this computer is offline.',
  refused: 'refuses the connection.',
  tls: 'has no certificate that can be trusted. Nothing was sent to it.',
  timeout: 'does not answer.',
  closed: 'broke the connection off.',
  network: 'cannot be reached, or does not answer as a web server does.',
};

const connectionSentence = (error: unknown, host: string): string =>
  `${host} ${sentences[error instanceof CertificateRefusal ? 'tls' : connectionCause(error)]}`;

type ReadHtml = (html: string, url: URL) => Promise<PageText>;

async function describe(got: Got, from: number, readHtml: ReadHtml): Promise<JsonValue> {
  if (got.kind === 'moved') {
    return {
      movedTo: got.to.url.href,
      note: `The page sends on to another place, ${got.to.host}, which was not contacted. To read it, call this tool with that address; the person decides.`,
    };
  }
  const { page, answer } = got;
  if (answer.status < 200 || answer.status > 299) {
    throw new ToolRefusal(`${page.host} answered with status ${answer.status}, not with a page.`);
  }
  const { title, text } = await textOf(page, answer, readHtml);
  const shown = text.slice(from, from + maxTextChars);
  if (shown === '' && from > 0) throw new ToolRefusal(`The text of the page has ${text.length} characters.`);
  const next = from + shown.length;
  return {
    url: page.url.href,
    title,
    text: shown === '' ? '(The page has no text.)' : shown,
    next: next < text.length ? next : null,
    ...(answer.isCut ? { note: 'The page is larger than 2 MiB; what is beyond was left out.' } : {}),
  };
}

async function textOf(page: PageAddress, answer: PageAnswer, readHtml: ReadHtml): Promise<PageText> {
  const kind = kindOf(answer.contentType);
  if (kind === null) {
    const type = (answer.contentType ?? '').split(';', 1)[0]?.slice(0, 60) ?? '';
    throw new ToolRefusal(
      type === 'application/pdf'
        ? 'This is a PDF, which this tool cannot read. The person can download it and attach its text.'
        : `This is no text but ${type}, which this tool cannot read.`,
    );
  }
  const text = decodeBody(answer.bytes, answer.contentType);
  if (kind === 'html') return readHtml(text, page.url);
  if (text.includes('\0')) throw new ToolRefusal('This is no text, whatever its host says.');
  return { title: '', text };
}
