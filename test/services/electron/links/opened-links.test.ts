import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createOpenedLinks } from '../../../../electron/links/opened-links.ts';
import { ShellState } from '../../../../electron/shell/shell-state.ts';
import { shellViewSchema } from '../../../../node-core/api/shell-views.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { shellView } from '../../../doubles/shell.ts';

const invitation = `nunba://join?at=https://hive.example&anchor=${'a'.repeat(64)}&tier=local`;

function open() {
  const state = new ShellState(shellView());
  const links = createOpenedLinks(state);
  const link = (address: string) => links.open({ kind: 'link', address });
  const shown = () => shellViewSchema.parse(state.get()).linkedChat;
  const shownJoin = () => shellViewSchema.parse(state.get()).linkedJoin;
  return { state, links, link, shown, shownJoin };
}

test('a link waits in the view until the page has taken it', async () => {
  const { links, link, shown } = open();
  await link('nunba://new?agent=coder&text=Hello');
  const first = shown();
  expect(first).toMatchObject({ agentId: 'coder', text: 'Hello', source: 'link' });
  links.chatTaken('another');
  expect(shown()).toEqual(first);
  links.chatTaken(first?.id ?? '');
  expect(shown()).toBeNull();
});

test('several come one after the other, and no more than a person can have meant', async () => {
  const { links, link, shown } = open();
  for (let number = 0; number < 20; number += 1) await link(`nunba://new?text=${number}`);
  const texts: string[] = [];
  for (let chat = shown(); chat; chat = shown()) {
    texts.push(chat.text);
    links.chatTaken(chat.id);
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
    { kind: 'link-refused', reason: 'bad-join' },
    { kind: 'link-refused', reason: 'not-a-link' },
  ]);
});

test('an invitation waits for the page beside the chats, by link and by file alike', async () => {
  const { state, links, link, shown, shownJoin } = open();
  const file = path.join(tempFolder(), 'a.nunba');
  fs.writeFileSync(file, `${invitation}\n`);
  await link('nunba://new?text=Hello');
  await link(`${invitation}&name=First`);
  await links.open({ kind: 'file', path: file });
  expect(shown()).toMatchObject({ text: 'Hello' });
  const first = shownJoin();
  expect(first).toMatchObject({ link: `${invitation}&name=First`, source: 'link' });
  links.joinTaken(shown()?.id ?? '');
  expect(shownJoin()).toEqual(first);
  links.joinTaken(first?.id ?? '');
  expect(shownJoin()).toMatchObject({ link: invitation, source: 'file' });
  links.joinTaken(shownJoin()?.id ?? '');
  expect(shownJoin()).toBeNull();
  expect(state.get().notices).toEqual([]);
});
