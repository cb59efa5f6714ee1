import { useEffect, useRef, useState } from 'react';
import type { CallResult } from '../../../../node-core/api/contract.ts';
import type { Failure } from '../../../../node-core/api/failures.ts';
import { useClient } from '../../../rpc/client-provider.tsx';
import { failureFrom } from '../../../rpc/failure-from.ts';
import type { NodeClient } from '../../../rpc/node-client.ts';
import { textPieces } from './text-pieces.ts';

type ImportResult = CallResult<'imports.finish'>;

/** How an import stands. `share` 0..1 of the file has reached the node. */
export type ImportState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly share: number }
  | { readonly kind: 'done'; readonly result: ImportResult }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Imports a file of Nunba's own JSON; leaving the page or `cancel` ends it and changes nothing. */
export function useImport(onImported: () => void) {
  const client = useClient();
  const [state, setState] = useState<ImportState>({ kind: 'none' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (file: Blob): Promise<void> => {
    const abort = new AbortController();
    running.current = abort;
    setState({ kind: 'running', share: 0 });
    try {
      const result = await sendFile(client, file, abort.signal, (share) => setState({ kind: 'running', share }));
      if (!result) return;
      setState({ kind: 'done', result });
      onImported();
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

async function sendFile(
  client: NodeClient,
  file: Blob,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<ImportResult | null> {
  const { id } = await client.call('imports.begin', {});
  try {
    for await (const { text, share } of textPieces(file)) {
      if (signal.aborted) return await forget(client, id);
      await client.call('imports.append', { id, text });
      if (!signal.aborted) onShare(share);
    }
    return signal.aborted ? await forget(client, id) : await client.call('imports.finish', { id });
  } catch (error) {
    await forget(client, id);
    throw error;
  }
}

/** Tells the node to drop what it has; whether it still knows it makes no difference. */
const forget = (client: NodeClient, id: string): Promise<null> =>
  client.call('imports.cancel', { id }).then(
    () => null,
    () => null,
  );
