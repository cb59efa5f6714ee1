import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../../node-core/api/failures.ts';
import { useClient } from '../../../rpc/client-provider.tsx';
import { failureFrom } from '../../../rpc/failure-from.ts';
import { saveFile } from '../../../save-file.ts';
import { type ExportFormat, type ExportProgress, readExport } from './read-export.ts';

/** How an export of everything stands. */
export type ExportState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly progress: ExportProgress | null }
  | { readonly kind: 'done'; readonly fileName: string; readonly count: number }
  | { readonly kind: 'failed'; readonly failure: Failure };

const mediaTypes: Readonly<Record<ExportFormat, string>> = { json: 'application/json', markdown: 'text/markdown' };

/** Exports everything into a file; leaving the page or `cancel` ends it without one. */
export function useExport() {
  const client = useClient();
  const [state, setState] = useState<ExportState>({ kind: 'none' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (format: ExportFormat): Promise<void> => {
    const abort = new AbortController();
    running.current = abort;
    let count = 0;
    setState({ kind: 'running', progress: null });
    try {
      const file = await readExport(
        (input) => client.call('exports.read', input),
        format,
        abort.signal,
        (progress) => {
          count = progress.totalCount;
          setState({ kind: 'running', progress });
        },
      );
      if (!file) return;
      saveFile(file.fileName, file.pieces, mediaTypes[format]);
      setState({ kind: 'done', fileName: file.fileName, count });
    } catch (error) {
      if (!abort.signal.aborted) setState({ kind: 'failed', failure: failureFrom(error) });
    }
  };
  const cancel = (): void => {
    running.current?.abort();
    setState({ kind: 'none' });
  };
  return { state, start, cancel };
}
