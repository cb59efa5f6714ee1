import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudUrls, normaliseBaseUrl } from '../../../node-core/agents/models/base-url.ts';

describe('normaliseBaseUrl', () => {
  it.each([
    ['http://localhost:1234/v1', 'http://localhost:1234/v1'],
    ['  http://localhost:1234/v1/  ', 'http://localhost:1234/v1'],
    ['"https://llm.example.com/v1"', 'https://llm.example.com/v1'],
    ['http://localhost:1234/v1/chat/completions', 'http://localhost:1234/v1'],
    ['http://localhost:1234/v1/models/', 'http://localhost:1234/v1'],
    ['http://localhost:1234/v1/models?limit=3#top', 'http://localhost:1234/v1'],
    ['https://api.anthropic.com/v1/messages', 'https://api.anthropic.com/v1'],
    ['HTTP://LOCALHOST:8080', 'http://localhost:8080'],
    ['localhost:8080', 'http://localhost:8080'],
    ['192.168.1.7:8000/v1', 'http://192.168.1.7:8000/v1'],
    ['[::1]:8000/v1', 'http://[::1]:8000/v1'],
    ['gpu-box', 'http://gpu-box'],
    ['gpu-box.local:8000', 'http://gpu-box.local:8000'],
    ['llm.example.com/v1', 'https://llm.example.com/v1'],
    ['https://llm.example.com:443/v1', 'https://llm.example.com/v1'],
  ])('makes %j into %s', (typed, url) => {
    expect(normaliseBaseUrl('openai-compatible', typed)).toEqual({ kind: 'ok', url });
  });

  it.each([
    ['', 'is empty'],
    ['two words', 'has a space in it'],
    ['ftp://example.com', 'must begin with http:// or https://'],
    ['http://', 'is not a web address'],
    ['http://me:secret@example.com/v1', 'must not hold a name or password; enter the key below it'],
    [`http://example.com/${'a'.repeat(600)}`, 'is too long'],
  ])('refuses %j', (typed, reason) => {
    expect(normaliseBaseUrl('openai-compatible', typed)).toEqual({ kind: 'bad', reason });
  });

  it.each(['openai', 'anthropic', 'google'] as const)('takes the own address of %s where none is typed', (kind) => {
    expect(normaliseBaseUrl(kind, ' ')).toEqual({ kind: 'ok', url: cloudUrls[kind] });
  });

  it('never throws, and leaves as it is what it made', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc
        .tuple(fc.domain(), fc.constantFrom('/v1', '/v1/', '/models', '/chat/completions/', '//'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const first = normaliseBaseUrl('openai-compatible', text);
        if (first.kind === 'bad') return;
        expect(normaliseBaseUrl('openai-compatible', first.url)).toEqual(first);
        expect(new URL(first.url).search + new URL(first.url).hash).toBe('');
      }),
    );
  });
});
