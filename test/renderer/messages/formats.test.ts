import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { locateHost } from '../../../node-core/protocol/location.ts';
import { applyLanguage } from '../../../renderer/messages/apply-language.ts';
import { createMessages } from '../../../renderer/messages/create-messages.ts';
import { errorText, failureText } from '../../../renderer/messages/failure-text.ts';
import { formatBytes, formatDuration } from '../../../renderer/messages/numbers.ts';
import { placeName, readersSentence } from '../../../renderer/messages/readers.ts';
import { fullTime, refreshAfterMs, relativeTime } from '../../../renderer/messages/time.ts';

const t = createMessages('en').t;
const now = Date.UTC(2026, 10, 22, 12, 0, 0);

describe('times', () => {
  it.each([
    [0, 'just now'],
    [4_999, 'just now'],
    [12_000, '12 s ago'],
    [59_999, '59 s ago'],
    [60_000, '1 min ago'],
    [3_600_000, '1 h ago'],
    [86_400_000, '1 day ago'],
    [6 * 86_400_000, '6 days ago'],
    [9 * 86_400_000, 'Nov 13, 2026'],
  ])('%d ms before now is "%s"', (age, words) => {
    expect(relativeTime(t, 'en', now - age, now)).toBe(words);
  });

  it('has the full time to the second', () => {
    expect(fullTime(new Date(2026, 10, 22, 9, 5, 7).getTime(), 'en')).toMatch(/November 22, 2026.*9:05:07/);
  });

  it('is looked at again before its words are wrong', () => {
    expect(refreshAfterMs(now - 10_000, now)).toBeLessThanOrEqual(1_000);
    expect(refreshAfterMs(now - 600_000, now)).toBeLessThanOrEqual(60_000);
    expect(refreshAfterMs(now + 5_000, now)).toBeGreaterThan(0);
  });
});

describe('numbers', () => {
  it.each([
    [0, '0 kB'],
    [1, '1 kB'],
    [48_300, '49 kB'],
    [999_400, '1 MB'],
    [1_234_000, '1.2 MB'],
    [48_300_000, '48 MB'],
    [212_000_000_000, '212 GB'],
    [5_000_000_000_000_000, '5,000 TB'],
  ])('%d bytes are "%s"', (bytes, words) => {
    expect(formatBytes(bytes, 'en')).toBe(words);
  });

  it('has units for durations', () => {
    expect(formatDuration(t, 'en', 61.4)).toBe('61 ms');
    expect(formatDuration(t, 'en', 1_430)).toBe('1.4 s');
  });
});

describe('who can read', () => {
  it.each([
    ['127.0.0.1', 'Your messages go to Ollama on this computer. Nunba sends them nowhere else.', 'this computer'],
    ['[::1]', 'Your messages go to Ollama on this computer. Nunba sends them nowhere else.', 'this computer'],
    [
      '192.168.1.20',
      'Your messages go to 192.168.1.20 in your own network. Whoever runs that computer can read them.',
      '192.168.1.20',
    ],
    [
      'lab.local',
      'Your messages go to lab.local in your own network. Whoever runs that computer can read them.',
      'lab.local',
    ],
    [
      'api.openai.com',
      'Your messages go to api.openai.com on the internet. Whoever runs that service can read them.',
      'api.openai.com',
    ],
    [
      '203.0.113.9',
      'Your messages go to 203.0.113.9 on the internet. Whoever runs that service can read them.',
      '203.0.113.9',
    ],
  ])('%s', (host, sentence, place) => {
    const location = locateHost(host);
    expect(readersSentence(t, location, 'Ollama')).toBe(sentence);
    expect(placeName(t, location)).toBe(place);
  });

  it('is nobody where no model is chosen', () => {
    expect(readersSentence(t, null, '')).toContain('nobody receives your messages');
  });
});

describe('failures', () => {
  it('are said with their values', () => {
    expect(failureText(t, { kind: 'model-rate-limited', host: 'api.openai.com', retryAfterSeconds: 20 })).toBe(
      'api.openai.com takes no more requests just now. Try again in 20 s.',
    );
    expect(errorText(t, new FailureError({ kind: 'not-found', what: 'agent' }))).toContain(
      'agent is not here any more',
    );
  });

  it('are a bug where nobody foresaw them', () => {
    expect(errorText(t, new Error('x'))).toContain('should not have');
  });

  it('do not escape what stands in them', () => {
    expect(failureText(t, { kind: 'unsupported-file', name: "a & b's.exe" })).toContain("a & b's.exe");
  });
});

describe('language', () => {
  it('falls back to English texts and says so to the document', async () => {
    const messages = createMessages('en');
    const root = document.createElement('html');
    await applyLanguage(messages, 'system', 'ar-EG', root);
    expect([root.lang, root.dir, messages.t('ui.cancel')]).toEqual(['en', 'ltr', 'Cancel']);
    expect(messages.language).toBe('ar-EG');
    await applyLanguage(messages, 'en', 'ar-EG', root);
    expect(messages.language).toBe('en');
  });
});
