import { describe, expect, test } from 'vitest';
import { createPageSessions, pageTokenLifeMs, sessionLifeMs } from '../../../node-core/http/page-sessions.ts';
import { sessionCookie, sessionOf } from '../../../node-core/http/session-cookie.ts';
import { createFakeClock } from '../../doubles/clock.ts';
import { memorySecrets, startTestListener } from '../../doubles/http-node.ts';

const start = Date.UTC(2026, 5, 1);

describe('page sessions', () => {
  test('a token serves once', async () => {
    const sessions = createPageSessions(createFakeClock(start), memorySecrets());
    const { token, used } = sessions.mint();
    const session = await sessions.exchange(token);
    expect(session && (await sessions.isValid(session))).toBe(true);
    await used;
    expect(await sessions.exchange(token)).toBeNull();
  });

  test('a token waits five minutes, a session counts thirty days', async () => {
    const clock = createFakeClock(start);
    const sessions = createPageSessions(clock, memorySecrets());
    const [early, late] = [sessions.mint(), sessions.mint()];
    await clock.advance(pageTokenLifeMs);
    const session = await sessions.exchange(early.token);
    await clock.advance(1);
    expect(await sessions.exchange(late.token)).toBeNull();
    await clock.advance(sessionLifeMs - 1);
    expect(session && (await sessions.isValid(session))).toBe(true);
    await clock.advance(1);
    expect(session && (await sessions.isValid(session))).toBe(false);
  });

  test('a session survives a restart, but not in another folder', async () => {
    const secrets = memorySecrets();
    const clock = createFakeClock(start);
    const before = createPageSessions(clock, secrets);
    const session = (await before.exchange(before.mint().token)) ?? '';
    expect(await createPageSessions(clock, secrets).isValid(session)).toBe(true);
    expect(await createPageSessions(clock, memorySecrets()).isValid(session)).toBe(false);
  });

  test('nobody can lengthen a session or make one', async () => {
    const sessions = createPageSessions(createFakeClock(start), memorySecrets());
    const session = (await sessions.exchange(sessions.mint().token)) ?? '';
    const [until = '', signature] = session.split('.');
    for (const forged of [
      `${Number(until) + 1}.${signature}`,
      `${until}.${'A'.repeat(43)}`,
      until,
      '',
      '.',
      session.slice(1),
    ]) {
      expect(await sessions.isValid(forged)).toBe(false);
    }
  });

  test('tokens nobody uses do not pile up', async () => {
    const sessions = createPageSessions(createFakeClock(start), memorySecrets());
    const first = sessions.mint();
    for (let page = 0; page < 40; page += 1) sessions.mint();
    expect(await sessions.exchange(first.token)).toBeNull();
  });
});

test('two nodes of one machine keep their cookies apart', () => {
  const header = `a=b; nunba-session-1=one; nunba-session-2=two`;
  expect(sessionOf(header, 2)).toBe('two');
  expect(sessionOf(header, 3)).toBeNull();
  expect(sessionOf(undefined, 1)).toBeNull();
  expect(sessionCookie('one', 1)).toMatch(/^nunba-session-1=one; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
});

describe('POST /session', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test('a form from the handover file gets the cookie and is sent to the page', async () => {
    const listener = await startTestListener();
    const { token } = listener.node.sessions.mint();
    const answer = await fetch(`${listener.address}/session`, {
      method: 'POST',
      headers: { ...form, origin: 'null' },
      body: `token=${token}`,
      redirect: 'manual',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const session = sessionOf(answer.headers.get('set-cookie')?.split(';')[0], listener.port);
    expect(session && (await listener.node.sessions.isValid(session))).toBe(true);
  });

  test('the page itself posts JSON', async () => {
    const listener = await startTestListener();
    const { token } = listener.node.sessions.mint();
    const answer = await listener.post('/session', { token }, { origin: listener.address });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
  });

  test.each([
    ['unknown', 'A'.repeat(43), 401],
    ['odd', '"><script>', 400],
    ['no', undefined, 400],
  ])('%s token is refused', async (_name, token, status) => {
    const listener = await startTestListener();
    const answer = await listener.post('/session', { token }, {});
    expect(answer.status).toBe(status);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('another page cannot use it', async () => {
    const listener = await startTestListener();
    const { token } = listener.node.sessions.mint();
    expect((await listener.post('/session', { token }, { origin: 'http://evil.example' })).status).toBe(403);
  });
});
