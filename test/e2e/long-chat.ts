import type { Archive, ArchiveMessage } from '../../node-core/chat/archive-format.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const startMs = Date.UTC(2026, 0, 1);

/** ULID-shaped, in the order of `place`. */
function idAt(place: number): string {
  let rest = place;
  let text = '';
  for (let digit = 0; digit < 16; digit += 1) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return `01KDV8Q000${text}`;
}

/** Nunba's own export of one chat of `count` messages, prompts and answers by turns: "Prompt 1", "Answer 1" and so on. */
export function longChat(title: string, count: number): Buffer {
  const messages = Array.from({ length: count }, (_, place): ArchiveMessage => {
    const id = idAt(place + 1);
    const createdAt = startMs + place * 1000;
    const number = Math.floor(place / 2) + 1;
    if (place % 2 === 0) {
      const parentId = place === 0 ? null : idAt(place);
      return { id, parentId, role: 'user', createdAt, text: `Prompt ${number}`, attachmentIds: [] };
    }
    const text = `Answer ${number}. ${'Some words that fill a line or two of the thread. '.repeat((number % 5) + 1)}`;
    return {
      id,
      parentId: idAt(place),
      role: 'assistant',
      createdAt,
      agentId: 'nunba',
      state: { kind: 'complete', reason: 'complete' },
      parts: [{ kind: 'text', text }],
      provenance: null,
      timing: null,
    };
  });
  const archive: Archive = {
    format: 'nunba-chats',
    version: 1,
    conversations: [
      {
        id: idAt(0),
        title,
        agentId: 'nunba',
        model: null,
        parameters: { temperature: null, topP: null, maxOutputTokens: null },
        isPinned: false,
        createdAt: startMs,
        updatedAt: startMs + count * 1000,
        leafId: idAt(count),
        checklist: null,
        messages,
        attachments: [],
      },
    ],
  };
  return Buffer.from(JSON.stringify(archive));
}
