import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createLinkedChats } from '../../../../electron/links/linked-chats.ts';
import { ShellState } from '../../../../electron/shell/shell-state.ts';
import { shellViewSchema } from '../../../../node-core/api/shell-views.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { shellView } from '../../../doubles/shell.ts';

function open() {
  const state = new ShellState(shellView());
  const links = createLinkedChats(state);
  const link = (address: string) => links.open({ kind: 'link', address });
  const shown = () => shellViewSchema.parse(state.get()).linkedChat;
  return { state, links, link, shown };
}

test('a link waits in the view until the page has taken it', async () => {
  const { links, link, shown } = open();
  await link('nunba://new?agent=coder&text=Hello');
  const first = shown();
  expect(first).toMatchObject({ agentId: 'coder', text: 'Hello', source: 'link' });
  links.taken('another');
  expect(shown()).toEqual(first);
  links.taken(first?.id ?? '');
  expect(shown()).toBeNull();
});

test('several come one after the other, and no more than a person can have meant', async () => {
  const { links, link, shown } = open();
  for (let number = 0; number < 20; number += 1) await link(`nunba://new?text=${number}`);
  const texts: string[] = [];
  for (let chat = shown(); chat; chat = shown()) {
    texts.push(chat.text);
    links.taken(chat.id);
  }
  expect(texts).toEqual(['0', '1', '2', '3', '4', '5']);
});

test('a file is told as one', async () => {
  const { links, shown } = open();
  const file = path.join(tempFolder(), 'a.nunba');
  fs.writeFileSync(file, 'nunba://new?text=Hello\n');
  await links.open({ kind: 'file', path: file });
  expect(shown()).toMatchObject({ text: 'Hello', source: 'file' });
});

test('a refused one says why and shows nothing', async () => {
  const { state, links, link, shown } = open();
  await link('nunba://join?invite=x');
  await links.open({ kind: 'file', path: '/nowhere/a.nunba' });
  expect(shown()).toBeNull();
  expect(state.get().notices.map(({ notice }) => notice)).toEqual([
    { kind: 'link-refused', reason: 'join-later' },
    { kind: 'link-refused', reason: 'not-a-link' },
  ]);
});
