import { useCallback, useRef, useState } from 'react';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { TestReport } from '../../../node-core/api/model-views.ts';
import { useClient } from '../../rpc/client-provider.tsx';
import { failureFrom } from '../../rpc/failure-from.ts';
import { type ConnectionForm, draftOf } from './connection-form.ts';

/** How a Test stands. A report belongs to the form it was made for. */
export type ConnectionTest =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly report: TestReport }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Runs Tests, one at a time: a newer one, or `forget`, makes an older one's result void. */
export function useConnectionTest() {
  const client = useClient();
  const [test, setTest] = useState<ConnectionTest>({ kind: 'none' });
  const newest = useRef(0);

  const run = useCallback(
    async (form: ConnectionForm): Promise<TestReport | null> => {
      newest.current += 1;
      const mine = newest.current;
      const become = (next: ConnectionTest) => mine === newest.current && setTest(next);
      become({ kind: 'running' });
      try {
        const report = await client.call('models.test', {
          draft: draftOf(form),
          providerId: form.stored?.id ?? null,
          model: form.model === '' ? null : form.model,
        });
        become({ kind: 'done', report });
        return mine === newest.current ? report : null;
      } catch (error) {
        become({ kind: 'failed', failure: failureFrom(error) });
        return null;
      }
    },
    [client],
  );
  const forget = useCallback(() => {
    newest.current += 1;
    setTest({ kind: 'none' });
  }, []);
  return { test, run, forget };
}
