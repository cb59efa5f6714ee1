import { beforeEach, expect, test } from 'vitest';
import {
  createDraftStore,
  type DraftAttachment,
  emptyDraft,
} from '../../../renderer/features/chat/composer/draft-store.ts';
import { givenBack } from '../../../renderer/features/chat/composer/given-back.ts';
import { testId } from '../../builders/ids.ts';

const ready = (number: number): DraftAttachment => ({
  key: `file ${number}`,
  name: `notes ${number}.txt`,
  sizeBytes: 12,
  state: { kind: 'ready', id: testId(number), isImage: false },
  preview: null,
});
const sending: DraftAttachment = { ...ready(9), key: 'under way', state: { kind: 'sending' } };

beforeEach(() => window.localStorage.clear());

test('a draft outlives the page, with the files that the node already has', () => {
  createDraftStore(window.localStorage)
    .getState()
    .change('a', () => ({ text: 'half a tho', attachments: [ready(1), sending], linked: null }));
  const { drafts } = createDraftStore(window.localStorage).getState();
  expect(drafts.a?.text).toBe('half a tho');
  expect(drafts.a?.attachments.map(({ name, state }) => [name, state.kind])).toEqual([['notes 1.txt', 'ready']]);
});

test('a link that names only an agent outlives the page', () => {
  const linked = { id: 'l1', source: 'link', text: '', agentId: 'coder', isBelow: false, areSeveral: false } as const;
  createDraftStore(window.localStorage)
    .getState()
    .change('new', () => ({ ...emptyDraft, linked }));
  expect(createDraftStore(window.localStorage).getState().drafts.new).toEqual({ ...emptyDraft, linked });
});

test('an emptied draft leaves nothing behind', () => {
  const store = createDraftStore(window.localStorage);
  store.getState().change('a', () => ({ text: 'x', attachments: [], linked: null }));
  store.getState().change('a', () => emptyDraft);
  expect(window.localStorage.length).toBe(0);
});

test.each(['', '{', '{"version":2,"text":"x","attachments":[]}', '{"version":1,"text":5}'])(
  'a stored draft that cannot be read (%j) is left out',
  (stored) => {
    window.localStorage.setItem('nunba.draft.a', stored);
    window.localStorage.setItem('another.key', 'x');
    expect(createDraftStore(window.localStorage).getState().drafts).toEqual({});
  },
);

test('a storage that takes nothing costs only the memory', () => {
  const full = new Proxy(window.localStorage, {
    get: (target, name) =>
      name === 'setItem'
        ? () => {
            throw new Error('quota');
          }
        : Reflect.get(target, name),
  });
  const store = createDraftStore(full);
  store.getState().change('a', () => ({ text: 'kept', attachments: [], linked: null }));
  expect(store.getState().drafts.a?.text).toBe('kept');
});

test('a draft moves with the conversation that was made for it', () => {
  const store = createDraftStore(window.localStorage);
  store.getState().change('new', () => ({ text: 'x', attachments: [], linked: null }));
  store.getState().move('new', 'b');
  expect(store.getState().drafts).toEqual({ new: emptyDraft, b: { text: 'x', attachments: [], linked: null } });
});

test('what was not sent stands before what was typed since', () => {
  const typed = { text: 'and more', attachments: [ready(2)], linked: null };
  const unsent = { text: 'first', attachments: [ready(1)], linked: null };
  expect(givenBack(typed, unsent)).toEqual({
    text: 'first\n\nand more',
    attachments: [ready(1), ready(2)],
    linked: null,
  });
  expect(givenBack(emptyDraft, unsent)).toEqual(unsent);
});

const linkedPart = {
  id: 'l1',
  source: 'link',
  text: 'from a link',
  agentId: null,
  isBelow: false,
  areSeveral: false,
} as const;
const linkedFile = { ...linkedPart, id: 'f1', source: 'file', text: 'from a file' } as const;
const agentAlone = { ...linkedPart, id: 'a1', text: '', agentId: 'coder' } as const;

test.each([
  ['a link in what was not sent', null, linkedPart, linkedPart],
  ['a link in what was typed since', linkedPart, null, { ...linkedPart, isBelow: true }],
  ['a link in both', linkedFile, linkedPart, { ...linkedFile, text: '', areSeveral: true }],
  ['an agent, and then a link', linkedPart, agentAlone, { ...linkedPart, isBelow: true }],
  ['a link, and then an agent', agentAlone, linkedPart, { ...linkedPart, id: 'a1', agentId: 'coder' }],
] as const)('what goes back says where it came from: %s', (_, later, earlier, expected) => {
  const typed = { text: later?.text || 'typed', attachments: [], linked: later };
  const unsent = { text: earlier?.text || 'first', attachments: [], linked: earlier };
  expect(givenBack(typed, unsent).linked).toEqual(expected);
});
