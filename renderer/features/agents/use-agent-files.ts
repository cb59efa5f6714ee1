import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentReview, AgentView } from '../../../node-core/api/agent-views.ts';
import type { Failure } from '../../../node-core/api/failures.ts';
import { failureText } from '../../messages/failure-text.ts';
import { useCall } from '../../rpc/use-call.ts';
import { saveFile } from '../../save-file.ts';
import { useToasts } from '../../ui/toast.tsx';

/** Largest file that is read at all, in bytes. */
const maxFileBytes = 128 * 1024;

/** Saves an agent as a file; says so where it does not work. */
export function useExportAgent(): (agent: AgentView) => Promise<void> {
  const { t } = useTranslation();
  const toasts = useToasts();
  const read = useCall('agents.export');
  return async (agent) => {
    const outcome = await read.run({ id: agent.id });
    if (outcome.isOk) saveFile(outcome.value.fileName, [outcome.value.text], 'application/json');
    else toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
}

/** Reads a file for a look at what it holds. */
export function useImportAgent() {
  const look = useCall('agents.review');
  const [review, setReview] = useState<AgentReview | null>(null);
  const [tooLarge, setTooLarge] = useState<Failure | null>(null);
  const open = async (file: File): Promise<void> => {
    const isTooLarge = file.size > maxFileBytes;
    setTooLarge(
      isTooLarge
        ? { kind: 'too-large', what: file.name.slice(0, 100), sizeBytes: file.size, limitBytes: maxFileBytes }
        : null,
    );
    if (isTooLarge) return look.clear();
    const outcome = await look.run({ text: await file.text() });
    if (outcome.isOk) setReview(outcome.value);
  };
  const clear = () => {
    setTooLarge(null);
    look.clear();
  };
  return { open, review, close: () => setReview(null), failure: tooLarge ?? look.failure, clear };
}
