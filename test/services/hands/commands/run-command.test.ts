import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCommandTools, createRunCommand } from '../../../../node-core/agents/commands/run-command.ts';
import { NothingDone, ToolRefusal } from '../../../../node-core/agents/tools/tool.ts';
import { systemClock } from '../../../../node-core/platform/system-clock.ts';
import { createRecordedNotes, planDeed, toolContext } from '../../../builders/deed-tool.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';

const open = (changes: { readonly picked?: readonly string[]; readonly allowed?: { now: boolean } } = {}) => {
  const root = tempFolder();
  const means = {
    clock: systemClock,
    scratchFolder: path.join(root, 'scratch'),
    pickedFolders: () => changes.picked ?? [],
    isAllowed: async () => changes.allowed?.now ?? true,
  };
  return { root, means, tool: createRunCommand(means), scratch: path.join(root, 'scratch', 'C1') };
};

const run = async (command: string, more: object = {}, context = toolContext()) => {
  const { tool } = open();
  const { allow } = await planDeed(tool, { command, ...more }, context);
  return (await allow()).value;
};

const terms = { agentId: 'nunba', conversationId: 'C1', servers: [], knowledge: [] };

describe('is offered only by choice', () => {
  test.each([
    [true, ['run_command' as const], 1],
    [false, ['run_command' as const], 0],
    [true, ['fetch_page' as const], 0],
  ])('switched on: %s, the agent has %j', async (now, tools, count) => {
    const { means } = open({ allowed: { now } });
    expect(await createCommandTools(means).toolsFor({ ...terms, tools })).toHaveLength(count);
  });

  test('switched off while the person was asked: it does not run', async () => {
    const allowed = { now: true };
    const { tool, scratch } = open({ allowed });
    const { allow } = await planDeed(tool, { command: 'echo hello' });
    allowed.now = false;
    await expect(allow()).rejects.toThrow('switched off');
    expect(fs.existsSync(scratch)).toBe(false);
  });
});

describe('the deed', () => {
  test('is the exact line and folder, and planning runs nothing', async () => {
    const { tool, scratch } = open();
    const command = '  echo "a  b" && rm -rf ./x # c';
    expect((await planDeed(tool, { command })).deed).toEqual({
      ...{ kind: 'run-command', command, folder: scratch, seconds: 60 },
    });
    expect((await planDeed(tool, { command, seconds: 7 })).deed).toMatchObject({ seconds: 7 });
    expect(fs.existsSync(scratch)).toBe(false);
  });

  test('takes a picked folder, and no other', async () => {
    const picked = tempFolder();
    const { tool, root } = open({ picked: [picked] });
    expect((await planDeed(tool, { command: 'ls', folder: picked })).deed).toMatchObject({ folder: picked });
    for (const folder of ['/', root, `${picked}/..`, `${picked}/sub`, '.', path.join(root, 'scratch', 'C2')]) {
      await expect(tool.plan({ command: 'ls', folder }, toolContext())).rejects.toThrow(ToolRefusal);
    }
  });

  test.skipIf(process.platform === 'win32')(
    'is not run in a folder that was taken back or replaced since',
    async () => {
      const outside = tempFolder();
      const folder = path.join(tempFolder(), 'picked');
      fs.mkdirSync(folder);
      const picked = [folder];
      const { tool } = open({ picked });
      const { allow } = await planDeed(tool, { command: 'touch ran', folder });
      fs.rmdirSync(folder);
      fs.symlinkSync(outside, folder);
      await expect(allow()).rejects.toThrow('not where it was');
      fs.unlinkSync(folder);
      fs.mkdirSync(folder);
      picked.pop();
      await expect(allow()).rejects.toThrow('only in folders that the person picked');
      expect([fs.readdirSync(outside), fs.readdirSync(folder)]).toEqual([[], []]);
    },
  );

  test.each([
    'echo a\u202eb',
    'echo a\u200bb',
    'echo \u{e0041}',
    'echo a\rb',
    'echo a\0b',
    'echo \u001b[8m',
    'a\u2028b',
  ])('that cannot be seen whole is refused: %j', async (command) => {
    await expect(open().tool.plan({ command }, toolContext())).rejects.toThrow('cannot be seen');
  });
});

describe.skipIf(process.platform === 'win32')('running', () => {
  test('is not led elsewhere by a link that a command before has put in the place of its folder', async () => {
    const { tool, scratch } = open();
    const elsewhere = tempFolder();
    await (await planDeed(tool, { command: `cd .. && rm -r C1 && ln -s '${elsewhere}' C1` })).allow();
    expect(fs.lstatSync(scratch).isSymbolicLink()).toBe(true);
    const { allow } = await planDeed(tool, { command: 'touch ran' });
    await expect(allow()).rejects.toThrow('is a link by now');
    expect(fs.readdirSync(elsewhere)).toEqual([]);
  });

  test('stopped in its middle, it is not told as done', async () => {
    const stop = new AbortController();
    const { tool, scratch } = open();
    const context = toolContext({ signal: stop.signal });
    const { allow } = await planDeed(tool, { command: 'touch begun; sleep 60' }, context);
    const notes = createRecordedNotes();
    const running = allow(notes);
    running.catch(() => undefined);
    await expect.poll(() => fs.existsSync(path.join(scratch, 'begun')), { timeout: 10_000 }).toBe(true);
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    expect(notes.noted.map(([state]) => state)).toEqual(['begin', 'failed']);
  });

  test('tells output and exit code, and notes the effect around it', async () => {
    const { tool, scratch } = open();
    const { allow } = await planDeed(tool, { command: 'pwd; echo oops >&2; exit 3' });
    const notes = createRecordedNotes();
    const { value } = await allow(notes);
    expect(value).toEqual({
      end: 'ended with exit code 3',
      exitCode: 3,
      output: expect.stringMatching(/^(?:.*scratch\/C1\noops\n|oops\n.*scratch\/C1\n)$/),
    });
    const effect = { kind: 'outside', what: `pwd; echo oops >&2; exit 3 (in ${scratch})` };
    expect(notes.noted).toEqual([
      ['begin', effect],
      ['done', effect],
    ]);
    expect(fs.statSync(scratch).mode & 0o777).toBe(0o700);
  });

  test('gets no key, no token and no input', async () => {
    process.env.NUNBA_TEST_API_KEY = 'canary-key-0123456789';
    onTestFinished(() => void delete process.env.NUNBA_TEST_API_KEY);
    expect(JSON.stringify(await run('env; cat'))).not.toContain('canary');
    expect(await run('test -n "$PATH" && test -n "$HOME" && echo fine')).toMatchObject({ output: 'fine\n' });
  });

  test('long output keeps its beginning and its end', async () => {
    const text = JSON.stringify(await run('echo begin; head -c 300000 /dev/zero | tr "\\0" x; echo end'));
    expect(text).toContain('"begin\\nxxx');
    expect(text).toContain('xxxend\\n"');
    expect(text).toMatch(/\[… \d+ bytes left out …\]/);
    expect(text.length).toBeLessThan(66_000);
  });

  test('is ended with everything it started when its time is over', async () => {
    const mark = path.join(tempFolder(), 'pid');
    const value = await run(`sleep 300 & echo $! > '${mark}'; trap '' TERM; sleep 300; sleep 300`, { seconds: 1 });
    expect(value).toMatchObject({ end: 'was ended because it took longer than 1 s', exitCode: null });
    await expectGone(Number(fs.readFileSync(mark, 'utf8')));
  });

  test('what it leaves in the background is ended with it', async () => {
    const mark = path.join(tempFolder(), 'pid');
    expect(await run(`sleep 300 & echo $! > '${mark}'`)).toMatchObject({ exitCode: 0 });
    await expectGone(Number(fs.readFileSync(mark, 'utf8')));
  });

  test('stopping the answer ends it', async () => {
    const stop = new AbortController();
    const mark = path.join(tempFolder(), 'pid');
    const command = `echo $$ > '${mark}.part'; mv '${mark}.part' '${mark}'; sleep 300`;
    const running = run(command, {}, toolContext({ signal: stop.signal }));
    const outcome = expect(running).rejects.toThrow('stopped');
    await expect.poll(() => fs.existsSync(mark), { timeout: 10_000 }).toBe(true);
    stop.abort(new Error('stopped'));
    await outcome;
    await expectGone(Number(fs.readFileSync(mark, 'utf8')));
  });

  test('a folder that is gone is told', async () => {
    const picked = tempFolder();
    const { tool } = open({ picked: [picked] });
    const { allow } = await planDeed(tool, { command: 'ls', folder: picked });
    fs.rmSync(picked, { recursive: true });
    const refusal: unknown = await allow().catch((error: unknown) => error);
    expect(String(refusal)).toContain('could not be started');
    expect(refusal).toBeInstanceOf(NothingDone);
  });
});

/** A process that ended stays listed until its parent asks after it, which init does soon. */
const expectGone = (pid: number) =>
  expect
    .poll(
      () => {
        try {
          process.kill(pid, 0);
          return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
        } catch {
          return true;
        }
      },
      { timeout: 5000 },
    )
    .toBe(true);
