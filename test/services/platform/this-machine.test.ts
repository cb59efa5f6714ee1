import { expect, it } from 'vitest';
import { linuxId, macId, windowsId } from '../../../node-core/platform/this-machine.ts';

const uuid = '12345678-9ABC-DEF0-1234-56789ABCDEF0';

it.each([
  ['of systemd', linuxId('0123456789abcdef0123456789abcdef\n'), '0123456789abcdef0123456789abcdef'],
  ['not yet given', linuxId('uninitialized\n'), null],
  ['empty', linuxId(''), null],
  [
    'of Windows',
    windowsId(`\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\r\n    MachineGuid    REG_SZ    ${uuid}\r\n\r\n`),
    uuid.toLowerCase(),
  ],
  ['missing on Windows', windowsId('ERROR: The system was unable to find the specified registry key'), null],
  ['of a Mac', macId(`    "IOPlatformUUID" = "${uuid}"\n`), uuid.toLowerCase()],
  ['missing on a Mac', macId(''), null],
])('an id %s is read', (_, found, expected) => {
  expect(found).toBe(expected);
});
