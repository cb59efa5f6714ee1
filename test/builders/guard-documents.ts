import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Tests never open the person's real data: every test run gets an empty home, and a run that could still reach the
 * real Documents folder fails at once.
 */
const realHome = os.userInfo().homedir;
const home = fs.mkdtempSync(path.join(process.env.TEST_HOMES ?? os.tmpdir(), 'nunba-test-home-'));
process.env.HOME = home;
process.env.USERPROFILE = home;
process.env.XDG_CONFIG_HOME = path.join(home, '.config');
delete process.env.XDG_DOCUMENTS_DIR;
delete process.env.NUNBA_DATA_DIR;

if (path.resolve(os.homedir()) === path.resolve(realHome)) {
  throw new Error(`Tests would open ${path.join(realHome, 'Documents')}: the home folder could not be replaced.`);
}
