import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providerDraftSchema, type TestReport, testProblemSchema } from '../../../node-core/api/model-views.ts';
import {
  applyFix,
  type ConnectionForm,
  canTest,
  changed,
  connectionOf,
  draftOf,
  newConnection,
} from '../../../renderer/features/providers/connection-form.ts';
import { fixLabel, problemText } from '../../../renderer/features/providers/problem-text.ts';
import {
  defaultProviderName,
  draftLocation,
  providerKindNames,
} from '../../../renderer/features/providers/provider-kinds.ts';
import { createMessages } from '../../../renderer/messages/create-messages.ts';
import { aProvider } from '../../builders/models-view.ts';

const t = createMessages('en').t;
const form = (more: Partial<ConnectionForm>): ConnectionForm => ({ ...newConnection, ...more });

describe('where a draft would send messages', () => {
  it.each([
    ['openai-compatible', 'http://127.0.0.1:8080/v1', 'this-computer', '127.0.0.1:8080'],
    ['openai-compatible', 'localhost:1234', 'this-computer', 'localhost:1234'],
    ['openai-compatible', ' https://lab.local/v1 ', 'local-network', 'lab.local'],
    ['openai-compatible', 'https://models.example/v1', 'cloud', 'models.example'],
    ['openai', '', 'cloud', 'OpenAI'],
    ['anthropic', '', 'cloud', 'Anthropic'],
    ['google', 'http://127.0.0.1:9', 'this-computer', 'Google'],
  ] as const)('%s %s', (kind, url, location, name) => {
    expect(draftLocation({ kind, url })?.kind).toBe(location);
    expect(defaultProviderName({ kind, url })).toBe(name);
  });

  it.each(['', 'http://', ' ', 'http://[bad'])('is not known for "%s"', (url) => {
    expect(draftLocation({ kind: 'openai-compatible', url })).toBeNull();
    expect(defaultProviderName({ kind: 'openai-compatible', url })).toBe('');
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...providerKindNames), fc.string(), (kind, url) => {
        draftLocation({ kind, url });
        expect(defaultProviderName({ kind, url }).length).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('the draft that is sent', () => {
  it('keeps a stored key unless a new one is typed', () => {
    const stored = connectionOf(aProvider({ hasKey: true }));
    expect(draftOf(stored).key).toBeNull();
    expect(draftOf({ ...stored, key: ' sk-new ' }).key).toBe('sk-new');
  });

  it('is what the node accepts', () => {
    for (const kind of providerKindNames) {
      const draft = draftOf(form({ kind, url: 'http://127.0.0.1:8080', key: 'k' }));
      expect(providerDraftSchema.safeParse(draft).success).toBe(true);
    }
  });
});

describe('whether there is enough to test', () => {
  it.each([
    [form({}), false],
    [form({ url: 'http://127.0.0.1:8080' }), true],
    [form({ kind: 'openai' }), false],
    [form({ kind: 'openai', key: 'sk' }), true],
    [form({ kind: 'openai', stored: { id: 'openai', hasKey: true } }), true],
    [form({ kind: 'openai', stored: { id: 'openai', hasKey: false } }), false],
  ])('case %#', (tested, expected) => {
    expect(canTest(tested)).toBe(expected);
  });
});

describe('changes by hand', () => {
  const trusted = form({ url: 'https://lab.local', trustedCertificate: 'a'.repeat(64), model: 'm' });

  it('forget the trusted certificate with the address', () => {
    expect(changed(trusted, { url: 'https://other' })).toMatchObject({ trustedCertificate: null, model: '' });
  });

  it('keep it otherwise', () => {
    expect(changed(trusted, { key: 'k' })).toMatchObject({ trustedCertificate: 'a'.repeat(64), model: 'm' });
  });
});

describe('fixes', () => {
  const fixes: readonly [NonNullable<TestReport['fix']>, unknown, string][] = [
    [{ kind: 'use-url', url: 'http://a/v1' }, { kind: 'test', form: form({ url: 'http://a/v1' }) }, 'Use http://a/v1'],
    [{ kind: 'use-model', model: 'm' }, { kind: 'test', form: form({ model: 'm' }) }, 'Use m'],
    [
      { kind: 'trust-certificate', fingerprint: 'b'.repeat(64) },
      { kind: 'test', form: form({ trustedCertificate: 'b'.repeat(64) }) },
      'Trust this certificate',
    ],
    [{ kind: 'test-again' }, { kind: 'test', form: form({}) }, 'Test again'],
    [{ kind: 'enter-key' }, { kind: 'ask', field: 'key' }, 'Enter a key'],
    [{ kind: 'edit-url' }, { kind: 'ask', field: 'url' }, 'Change the address'],
  ];
  it.each(fixes)('%o', (fix, outcome, label) => {
    expect(applyFix(form({}), fix)).toEqual(outcome);
    expect(fixLabel(t, fix)).toBe(label);
  });
});

describe('problems', () => {
  it.each([
    [{ kind: 'refused', host: 'lab', port: 8080 }, 'Nothing answers at lab on port 8080.'],
    [{ kind: 'timeout', host: 'lab', seconds: 5 }, 'lab did not answer within 5 s.'],
    [{ kind: 'unauthorized', host: 'lab', hasKey: true }, 'lab refused the key.'],
    [{ kind: 'unauthorized', host: 'lab', hasKey: false }, 'lab wants a key.'],
    [{ kind: 'self-signed', host: 'lab', fingerprint: '0123456789abcdef'.repeat(4) }, '0123 4567 … 89AB CDEF'],
    [{ kind: 'other', host: 'lab', status: 503, detail: 'busy' }, 'lab could not answer (status 503): busy'],
    [{ kind: 'other', host: 'lab', status: null, detail: 'busy' }, 'lab could not answer: busy'],
  ] as const)('%o', (problem, words) => {
    expect(problemText(t, problem)).toContain(words);
  });

  it('all have a sentence with their values filled in', () => {
    const filler = {
      host: 'lab',
      reason: 'no scheme',
      port: 1,
      seconds: 2,
      fingerprint: 'c'.repeat(64),
      hasKey: true,
      model: 'm',
      available: [],
      status: 500,
      detail: 'd',
    };
    for (const option of testProblemSchema.unwrap().options) {
      const problem = testProblemSchema.parse({ kind: option.shape.kind.value, ...filler });
      const sentence = problemText(t, problem);
      expect(sentence).toMatch(/^\S.{10,}/);
      expect(sentence).not.toMatch(/\{\{|models\./);
    }
  });
});
