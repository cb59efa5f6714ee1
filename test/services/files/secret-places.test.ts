import { expect, test } from 'vitest';
import { isSecretPlace } from '../../../node-core/agents/files/reach/secret-places.ts';

test.each([
  ['.ssh', true],
  ['.ssh/id_ed25519', true],
  ['.SSH/config', true],
  ['.ssh./config', true],
  ['.s\u200csh/config', true],
  ['．ssh/config', true],
  ['inner/.gnupg/pubring.kbx', true],
  ['.env', true],
  ['.ENV', true],
  ['.env.production', true],
  ['prod.env', true],
  ['.env.example', false],
  ['environment.txt', false],
  ['.environment', false],
  ['server.pem', true],
  ['Server.KEY', true],
  ['keynote.txt', false],
  ['monkey', false],
  ['passwords.kdbx', true],
  ['.config/google-chrome/Default/Cookies', true],
  ['.config/editor/settings.json', false],
  ['Library/Keychains/login.keychain-db', true],
  ['AppData/Local/Google/Chrome/User Data/Default/x', true],
  ['AppData/Local/Google/Earth/x', false],
  ['.aws/credentials', true],
  ['.netrc', true],
  ['profile/logins.json', true],
  ['id_rsa', true],
  ['id_rsa.pub', false],
  ['.git/config', false],
  ['notes.md', false],
  ['2024/holiday.jpg', false],
])('%j: %j', (given, expected) => {
  expect(isSecretPlace(given.split('/'))).toBe(expected);
});
