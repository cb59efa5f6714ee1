import { useState } from 'react';
import type { Failure } from '../../../node-core/api/failures.ts';
import { useClient } from '../../rpc/client-provider.tsx';
import { failureFrom } from '../../rpc/failure-from.ts';
import { type ConnectionForm, draftOf } from './connection-form.ts';

/** Adds what the form says as a provider, or changes the stored one it was made from. */
export function useSaveProvider(onSaved: () => void) {
  const client = useClient();
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const save = async (form: ConnectionForm): Promise<void> => {
    setRunning(true);
    setFailure(null);
    const draft = draftOf(form);
    try {
      if (form.stored) await client.call('models.update', { providerId: form.stored.id, draft });
      else await client.call('models.add', { draft, model: form.model === '' ? null : form.model });
      onSaved();
    } catch (error) {
      setFailure(failureFrom(error));
    } finally {
      setRunning(false);
    }
  };
  return { save, isRunning, failure };
}
