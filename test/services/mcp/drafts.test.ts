import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDraft } from '../../../node-core/agents/mcp/check-draft.ts';
import { serverLine } from '../../../node-core/agents/mcp/command-line.ts';
import { readServersFile } from '../../../node-core/agents/mcp/read-servers-file.ts';
import { callName, slugFor } from '../../../node-core/agents/mcp/tool-names.ts';
import type { ToolServerDraft } from '../../../node-core/api/mcp-views.ts';

const nowhere = (): boolean => false;
const program = (changes: Partial<Extract<ToolServerDraft, { kind: 'stdio' }>> = {}): ToolServerDraft => ({
  ...{ kind: 'stdio', name: 'A', command: 'npx', args: [], folder: null, environment: [] },
  ...changes,
});
const address = (url: string, headers: { name: string; value: string }[] = []): ToolServerDraft => ({
  ...{ kind: 'http', name: 'A', url, headers },
});
const refusal = (draft: ToolServerDraft): unknown => {
  try {
    checkDraft(draft, ({ port }) => port === '6777');
    return null;
  } catch (error) {
    return error;
  }
};

describe('the line of a server', () => {
  test('quotes what a shell would part, and writes out what cannot be seen', () => {
    const { line } = checkDraft(
      program({
        args: ['-y', 'two words', "it's", '$(rm -rf ~)', 'a\nb', 'abc\u202etxt'],
        folder: '/srv/my tools',
        environment: [{ name: 'TOKEN', value: 'secret' }],
      }),
      nowhere,
    );
    expect(line).toBe(
      "TOKEN=••• npx -y 'two words' 'it'\\''s' '$(rm -rf ~)' $'a\\u{a}b' $'abc\\u{202e}txt'   (in '/srv/my tools')",
    );
  });

  test('is another one for whatever would run something else', () => {
    const words = fc.array(fc.string({ maxLength: 12 }), { maxLength: 4 });
    const lineOf = (args: string[]): string =>
      serverLine({ kind: 'stdio', command: 'npx', args, folder: null, environmentNames: [] });
    fc.assert(
      fc.property(words, words, (one, other) => {
        if (JSON.stringify(one) !== JSON.stringify(other)) expect(lineOf(one)).not.toBe(lineOf(other));
        expect(lineOf(one)).not.toMatch(/[\n\r\u2028\u202e]/);
      }),
    );
  });
});

describe('a draft is refused', () => {
  test.each([
    ['a relative path', program({ command: './run.sh' }), 'command'],
    ['a relative folder', program({ folder: 'tools' }), 'folder'],
    [
      'a variable that loads other code',
      program({ environment: [{ name: 'LD_PRELOAD', value: '/x' }] }),
      'environment',
    ],
    ['the same for Node', program({ environment: [{ name: 'NODE_OPTIONS', value: '-r x' }] }), 'environment'],
    ['a name that is none', program({ environment: [{ name: 'A B', value: '' }] }), 'environment'],
    ['one name twice', program({ environment: [0, 1].map(() => ({ name: 'A', value: '' })) }), 'environment'],
    ['a line that nobody can read', program({ args: Array.from({ length: 100 }, () => 'x'.repeat(1_000)) }), 'command'],
    ['no web address', address('file:///etc/passwd'), 'url'],
    ['a password in the address', address('https://me:secret@example.org/mcp'), 'url'],
    ['Nunba’s own address', address('http://127.0.0.1:6777/mcp'), 'url'],
    ['a header of the protocol', address('https://example.org', [{ name: 'Mcp-Session-Id', value: '1' }]), 'headers'],
    ['a header in two lines', address('https://example.org', [{ name: 'A', value: 'x\r\nB: y' }]), 'headers'],
    [
      'a header twice',
      address(
        'https://example.org',
        ['A', 'a'].map((name) => ({ name, value: '' })),
      ),
      'headers',
    ],
  ])('%s', (_what, draft, field) => {
    expect(refusal(draft)).toMatchObject({ failure: { kind: 'invalid-input', field } });
  });
});

describe('a file of servers', () => {
  test('in the common form gives its servers, and refuses the others one by one with a sentence', () => {
    const text = JSON.stringify({
      mcpServers: {
        files: { command: 'npx', args: ['-y', 'files', '/home'], env: { DEBUG: 1 } },
        far: { url: 'https://example.org/mcp', headers: { Authorization: 'Bearer x' } },
        old: { type: 'sse', url: 'https://example.org/sse' },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as other programs write it
        filled: { command: 'run', args: ['${workspaceFolder}'] },
        relative: { command: './run.sh' },
        broken: { command: ['npx'] },
        none: 7,
      },
    });
    const entries = readServersFile(text, nowhere);
    expect(entries.map((entry) => (entry.kind === 'server' ? entry.checked.line : entry.reason))).toEqual([
      'DEBUG=••• npx -y files /home',
      'https://example.org/mcp Authorization: •••',
      expect.stringContaining('old transport'),
      expect.stringContaining('placeholder'),
      'Its command is neither a program’s name nor a full path.',
      expect.stringContaining('not as they should be'),
      expect.stringContaining('not an object'),
    ]);
    expect(entries[0]).toMatchObject({ checked: { secrets: { DEBUG: '1' } } });
  });

  test.each([
    ['servers as another program names them', { servers: { a: { type: 'stdio', command: 'x' } } }],
    ['the inner object alone', { a: { command: 'x' } }],
  ])('%s', (_what, file) => {
    expect(readServersFile(`\ufeff${JSON.stringify(file)}`, nowhere)).toMatchObject([{ kind: 'server', key: 'a' }]);
  });

  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['nothing', '{"mcpServers":{}}'],
    ['far too many', JSON.stringify(Object.fromEntries(Array.from({ length: 51 }, (_, n) => [n, { command: 'x' }])))],
  ])('%s is said', (_what, text) => {
    expect(() => readServersFile(text, nowhere)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ kind: 'import-unreadable' }) }),
    );
  });

  test('never throws anything but its refusal, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          readServersFile(JSON.stringify({ mcpServers: { a: value } }), nowhere);
        } catch (error) {
          expect(error).toMatchObject({ failure: { kind: 'import-unreadable' } });
        }
      }),
    );
  });
});

describe('names of tools', () => {
  test('are those that every provider takes, stay, and differ where the tools do', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 100 }), { maxLength: 20 }), (tools) => {
        const names = tools.map((tool) => callName('files', tool));
        for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
        expect(new Set(names).size).toBe(tools.length);
        expect(tools.map((tool) => callName('files', tool))).toEqual(names);
      }),
    );
  });

  test('begin with a part of their own for each server', () => {
    expect(slugFor('My Files', new Set())).toBe('my-files');
    expect(slugFor('My Files', new Set(['my-files']))).toBe('my-files-2');
    expect(slugFor('天気', new Set())).toBe('server');
    expect(slugFor('A very long name of a server', new Set()).length).toBeLessThanOrEqual(20);
  });
});

test.each([
  'PATH',
  'npm_config_registry',
  'NODE_PATH',
  'PYTHONPATH',
  'PIP_INDEX_URL',
  'UV_INDEX_URL',
  'GIT_SSH_COMMAND',
  'JDK_JAVA_OPTIONS',
  '_JAVA_OPTIONS',
  'JAVA_TOOL_OPTIONS',
  'BUN_CONFIG_REGISTRY',
  'DENO_DIR',
  'JSR_URL',
  'YARN_NPM_REGISTRY_SERVER',
  'PNPM_HOME',
  'COREPACK_NPM_REGISTRY',
  'PIPX_DEFAULT_PYTHON',
  'POETRY_REPOSITORIES_X_URL',
  'PYTHONUSERBASE',
  'ZDOTDIR',
  'DOTNET_STARTUP_HOOKS',
  'CORECLR_PROFILER_PATH',
  'NUGET_PACKAGES',
  'GEM_HOME',
  'GOPROXY',
  'CARGO_HOME',
  'OPENSSL_CONF',
  'OPENSSL_MODULES',
  'GCONV_PATH',
  'DOCKER_HOST',
  'DOCKER_CONFIG',
])('a program gets no code from elsewhere by %s, whose value nobody sees', (name) => {
  expect(refusal(program({ environment: [{ name, value: '/x' }] }))).toMatchObject({
    failure: { kind: 'invalid-input', field: 'environment' },
  });
});

test.each([
  'PYTHONUNBUFFERED',
  'PYTHONUTF8',
  'HOME',
  'APPDATA',
  'GITHUB_TOKEN',
  'GOOGLE_API_KEY',
  'DENOISE',
  'NODE_ENV',
])('a program may be given %s', (name) => {
  expect(refusal(program({ environment: [{ name, value: '1' }] }))).toBeNull();
});
