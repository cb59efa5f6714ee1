import type { Keyring } from '../../node-core/protocol/ports/host.ts';
import { type KeyringAnswer, type KeyringAsk, keyringAskSchema } from './keyring-messages.ts';

/** What is used of the node's process. */
export interface AskingChild {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** Answers what a node asks the keyring. The page cannot: only the node's own process has this line. */
export function serveKeyring(child: AskingChild, keyring: Keyring): void {
  child.on('message', (message) => {
    const parsed = keyringAskSchema.safeParse(message);
    if (!parsed.success) return;
    const { id, question } = parsed.data;
    void answer(keyring, question).then((given) => {
      child.postMessage({ kind: 'keyring-answer', id, answer: given } satisfies KeyringAnswer);
    });
  });
}

async function answer(keyring: Keyring, question: KeyringAsk['question']): Promise<KeyringAnswer['answer']> {
  try {
    if (question.kind === 'state') return { kind: 'state', ...(await keyring.state()) };
    const { text } = question;
    return { kind: 'text', text: await (question.kind === 'seal' ? keyring.seal(text) : keyring.unseal(text)) };
  } catch {
    return { kind: 'failed' };
  }
}
