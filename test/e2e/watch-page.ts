import type { BrowserContext, Page } from '@playwright/test';

/** Everything that went wrong in pages without a test having asked about it. */
export interface PageFaults {
  /** A fault that the test brings about itself, such as a connection that it cuts, does not count from here on. */
  expect(pattern: RegExp): void;
  /** What nobody expected, in the order in which it happened. */
  unexpected(): readonly string[];
}

/** Collects errors of the console (violations of the content security policy among them), uncaught errors and requests that leave the computer. */
export function watchPages(context: BrowserContext): PageFaults {
  const faults: string[] = [];
  const expected: RegExp[] = [];
  const watch = (page: Page): void => {
    page.on('pageerror', (error) => faults.push(`uncaught: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('crash', () => faults.push('the page crashed'));
  };
  for (const page of context.pages()) watch(page);
  context.on('page', watch);
  context.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = ['blob:', 'data:', 'about:', 'app:'].includes(url.protocol) || url.hostname.endsWith('.stand-in');
    const isLocal = isOwn || url.hostname === '127.0.0.1';
    if (!isLocal) faults.push(`request: ${request.url()}`);
  });
  return {
    expect: (pattern) => void expected.push(pattern),
    unexpected: () => faults.filter((fault) => !expected.some((pattern) => pattern.test(fault))),
  };
}
