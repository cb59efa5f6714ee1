import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { CrashGuard } from '../../../renderer/crash-guard.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Broken(): never {
  throw new Error('nobody foresaw this');
}

test('an error that nobody foresaw leaves a sentence, not an empty window', () => {
  // React reports the error to the console as well, which is where it belongs.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  render(
    <CrashGuard fallback={<p>Load the page again</p>}>
      <Broken />
    </CrashGuard>,
  );
  expect(screen.getByText('Load the page again')).toBeDefined();
});
