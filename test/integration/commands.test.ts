import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelServer } from '../builders/model-server.ts';
import { runCommand, serveNode, startCommand } from '../builders/node-process.ts';
import { tempFolder } from '../builders/temp-folder.ts';

const newFolder = (): string => path.join(tempFolder(), 'data');

describe('the command line', () => {
  test('--help names every command, on standard output, with exit code 0', async () => {
    const { code, out, errors } = await runCommand(['--help']);
    expect([code, errors]).toEqual([0, '']);
    for (const name of ['serve', 'status', 'token', 'chat', 'doctor', 'config', 'stop']) expect(out).toContain(name);
    expect(out).toContain('Exit codes');
  });

  test('--version is that of the package', async () => {
    const root = path.resolve(import.meta.dirname, '../..');
    const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(await runCommand(['--version'])).toMatchObject({ code: 0, out: `${version}\n` });
  });

  test.each([[['--nonsense']], [['serve', '--prot', '1']], [['fly']], [['chat']], [[]]])(
    '%j is not understood: exit code 2, on standard error',
    async (args) => {
      const { code, out, errors } = await runCommand(args);
      expect([code, out]).toEqual([2, '']);
      expect(errors).toContain('nunba-node');
    },
  );
});

describe('a command says the same whether the node runs or not', () => {
  test('token and status, and the folder is free again after each', async () => {
    const folder = newFolder();
    const alone = await runCommand(['token', '--data', folder]);
    expect(alone).toMatchObject({ code: 0, errors: '', out: expect.stringMatching(/^[\w-]{43}\n$/) });
    const { checks: _checks, ...status } = JSON.parse((await runCommand(['status', '--json', '--data', folder])).out);
    expect(status).toMatchObject({ state: 'flat', address: null, dataFolder: folder, runningTurns: 0 });

    const node = await serveNode(folder);
    expect(await runCommand(['token', '--data', folder])).toEqual(alone);
    const running = JSON.parse((await runCommand(['status', '--json', '--data', folder])).out);
    expect(running).toMatchObject({ ...status, address: node.address, at: running.at, startedAt: running.startedAt });
    const text = await runCommand(['status', '--data', folder]);
    expect([text.code, text.out.split('\n')]).toEqual([0, expect.arrayContaining([`Address      ${node.address}`])]);
  });

  test('the token is that of the API', async () => {
    const node = await serveNode(newFolder());
    const { out } = await runCommand(['token', '--data', node.dataFolder]);
    const answer = await fetch(`${node.address}/v1/models`, { headers: { authorization: `Bearer ${out.trim()}` } });
    expect(answer.status).toBe(200);
  });

  test('chat asks the Guide, which needs no model', async () => {
    const folder = newFolder();
    const ask = ['chat', 'How do I make a backup?', '--agent', 'guide', '--data', folder];
    const alone = await runCommand(ask);
    expect(alone).toMatchObject({ code: 0, out: expect.stringMatching(/backup/i) });
    await serveNode(folder);
    expect(await runCommand(ask)).toEqual(alone);
  });

  test('chat streams a model’s answer and says who answered', async () => {
    const models = await modelServer();
    const environment = { HEVOLVE_LLM_ENDPOINT_URL: `${models.url}/v1`, HEVOLVE_LLM_MODEL_NAME: 'test-model' };
    const folder = newFolder();
    const alone = await runCommand(['chat', 'Hello there', '--data', folder], environment);
    expect(alone).toMatchObject({ code: 0, out: 'You wrote: Hello there — and this is the answer.\n' });
    expect(alone.errors).toContain('test-model');
    await serveNode(folder, environment);
    expect(await runCommand(['chat', 'Hello there', '--data', folder])).toEqual(alone);
  });

  test('chat without a model, or with an unknown agent, is one sentence and exit code 1', async () => {
    const folder = newFolder();
    const noModel = await runCommand(['chat', 'Hello', '--data', folder]);
    expect(noModel).toMatchObject({ code: 1, errors: expect.stringMatching(/^No model is set up yet/) });
    const noAgent = await runCommand(['chat', 'Hello', '--agent', 'nobody', '--data', folder]);
    expect(noAgent).toMatchObject({ code: 1, errors: expect.stringMatching(/^This agent is not here/) });
  });

  test('Ctrl+C stops the answer, keeps what there is, and closes the connection to the provider', async () => {
    const models = await modelServer();
    const environment = { HEVOLVE_LLM_ENDPOINT_URL: `${models.url}/v1`, HEVOLVE_LLM_MODEL_NAME: 'test-model' };
    const node = await serveNode(newFolder(), environment);
    const command = startCommand(['chat', 'play:stall', '--data', node.dataFolder]);
    await command.says(/This answer/);
    command.process.kill('SIGINT');
    expect((await command.ended).code).toBe(130);
    expect(await models.prompts()[0]?.over).toBe(true);
  });
});

describe('doctor', () => {
  test('finds nothing wrong with a fresh folder, running or not', async () => {
    const folder = newFolder();
    const node = await serveNode(folder);
    const running = await runCommand(['doctor', '--data', folder]);
    expect(running).toMatchObject({ code: 0, errors: '' });
    // No model is chosen, and where there is no keyring keys are not encrypted.
    expect(running.out.split('\n').map((line) => line.slice(0, 4).trim())).toEqual([
      ...['ok', 'ok', 'note', 'note', 'ok', 'ok', 'ok', 'ok', 'ok', ''],
    ]);
    expect(running.out).toMatch(/^ok {3}Database sound: .* \(looked at just now\)$/m);
    const { port } = new URL(node.address);
    await node.stop();
    const alone = await runCommand(['doctor', '--data', folder], { NUNBA_PORT: port });
    expect(alone).toMatchObject({ code: 0, out: expect.stringContaining(`Port ${port} is free.`) });
  });

  test('names a model that does not answer, a taken port and a bad setting, and fails', async () => {
    const models = await modelServer();
    const gone = `${models.url}/v1`;
    await models.stop();
    const other = await serveNode(newFolder());
    const environment = { HEVOLVE_LLM_ENDPOINT_URL: gone, NUNBA_PORT: new URL(other.address).port };
    const { code, out } = await runCommand(['doctor', '--data', newFolder()], environment);
    expect(code).toBe(1);
    expect(out).toMatch(/^warn .* does not answer: Nothing answers at/m);
    expect(out).toMatch(/^FAIL Port: Port \d+ is taken/m);
    const bad = await runCommand(['doctor', '--data', newFolder()], { NUNBA_PORT: 'x' });
    expect(bad).toMatchObject({ code: 1, out: expect.stringMatching(/^FAIL Settings: NUNBA_PORT/m) });
  });

  test('names a damaged database', async () => {
    const folder = tempFolder();
    fs.writeFileSync(path.join(folder, 'nunba.db'), 'no database '.repeat(1000));
    const { code, out } = await runCommand(['doctor', '--data', folder]);
    expect([code, out]).toEqual([1, expect.stringMatching(/^FAIL Data folder: The database .* is damaged/m)]);
  });
});

describe('config', () => {
  test('prints value and source of each, secrets only as set', async () => {
    const folder = newFolder();
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, '.env'), 'NUNBA_HOST=localhost # here\nNUNBA_PROT=1\n');
    const environment = { OPENAI_API_KEY: 'sk-canary-0123456789', NUNBA_PORT: '7001' };
    const { code, out, errors } = await runCommand(['config', '--data', folder], environment);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`--data +${folder} +command line`));
    expect(out).toMatch(/NUNBA_PORT +7001 +environment\n/);
    expect(out).toMatch(new RegExp(`NUNBA_HOST +localhost +${folder}/.env\n`));
    expect(out).toMatch(/HEVOLVE_NODE_TIER +flat +default/);
    expect(out).toMatch(/OPENAI_API_KEY +set \(not shown\) +environment/);
    expect(out + errors).not.toContain('canary');
    expect(errors).toMatch(/NUNBA_PROT .* The nearest one is NUNBA_PORT\./);
    expect(fs.readdirSync(folder)).toEqual(['.env']);
  });
});

test('serve says once it answers what in the environment has no effect', async () => {
  const node = await serveNode(newFolder(), { HART_NODE_KEY: 'your-federation-key', NUNBA_PROT: '1' });
  const { errors } = await node.stop();
  expect(errors.split('\n')).toEqual([
    'HART_NODE_KEY (environment) is still the example of a document and counts as not set.',
    'NUNBA_PROT (environment) is not a name that Nunba knows. The nearest one is NUNBA_PORT.',
    '',
  ]);
});

describe('stop', () => {
  test('ends the running node in order, and has nothing to do without one', async () => {
    const node = await serveNode(newFolder());
    expect(await runCommand(['stop', '--data', node.dataFolder])).toMatchObject({
      code: 0,
      out: 'Nunba has stopped.\n',
    });
    expect(await node.ended).toMatchObject({ code: 0 });
    expect(await runCommand(['stop', '--data', node.dataFolder])).toMatchObject({
      code: 0,
      out: 'No node runs in this folder.\n',
    });
  });
});
