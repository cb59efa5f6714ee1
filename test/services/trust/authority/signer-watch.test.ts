import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../../node-core/api/failures.ts';
import { createSignerWatch } from '../../../../node-core/trust/authority/signer-watch.ts';
import type { SignerClient } from '../../../../node-core/trust/signer/signer-client.ts';
import { createFakeClock } from '../../../doubles/clock.ts';

const noon = Date.UTC(2026, 5, 1, 12);
const minute = 60_000;
const unreachable = (reason: string) => new FailureError({ kind: 'signer-unreachable', reason });

/** A central with a certificate, and a signer that a test takes away. */
function openWatch() {
  const clock = createFakeClock(noon);
  const signer = { failure: null as Error | null, asked: 0 };
  const answer = async (): Promise<string> => {
    signer.asked += 1;
    if (signer.failure) throw signer.failure;
    return 'a'.repeat(64);
  };
  const central = { certificate: {} as object | null, obstacle: null as string | null, changed: () => undefined };
  const standing = {
    standing: () => central.certificate,
    obstacle: () => central.obstacle,
    onChange: (listener: () => undefined) => {
      central.changed = listener;
      return () => undefined;
    },
  };
  const watch = createSignerWatch({ ask: answer, clock });
  const client: SignerClient = {
    anchor: answer,
    signCertificate: answer,
    signRevocations: answer,
    close: () => undefined,
  };
  const told: (string | null)[] = [];
  const start = () => watch.start(standing, () => void told.push(watch.facts().trouble?.sentence ?? null));
  return { clock, signer, central, watch, heard: watch.hear(client), told, start };
}

describe('the watch of a signer', () => {
  it('says nothing of it before it was looked at, and looks as it starts', async () => {
    const { watch, start } = openWatch();
    expect(watch.facts()).toEqual({ trouble: null, lookedAt: null });
    await start();
    expect(watch.facts()).toEqual({ trouble: null, lookedAt: noon });
  });

  it('finds within a minute one that died, since then, and that it is back when somebody looks', async () => {
    const { clock, signer, watch, told, start } = openWatch();
    await start();
    signer.failure = unreachable('nobody is there');
    await clock.advance(90_000);
    const sentence = expect.stringContaining('nobody is there');
    expect(watch.facts()).toEqual({ trouble: { since: noon + minute, sentence }, lookedAt: noon + minute });
    signer.failure = unreachable('it hangs');
    await watch.look();
    expect(watch.facts()).toMatchObject({ trouble: { since: noon + minute }, lookedAt: noon + 90_000 });
    signer.failure = null;
    await watch.look();
    expect(watch.facts()).toEqual({ trouble: null, lookedAt: noon + 90_000 });
    expect(told).toEqual([sentence, expect.stringContaining('it hangs'), null]);
  });

  it('hears of it by what else it is asked; a refusal is an answer', async () => {
    const { signer, watch, heard, start } = openWatch();
    await start();
    signer.failure = unreachable('gone');
    await expect(heard.anchor()).rejects.toThrow();
    expect(watch.facts().trouble).toMatchObject({ sentence: expect.stringContaining('gone') });
    signer.failure = new FailureError({ kind: 'signer-refused', reason: 'too many' });
    await expect(heard.anchor()).rejects.toThrow();
    expect(watch.facts().trouble).toBeNull();
  });

  it('takes a renewal that failed for silence as done with once the signer answers; no other, and no lack of a certificate', async () => {
    const { signer, central, watch, heard, start } = openWatch();
    await start();
    signer.failure = unreachable('gone');
    await expect(heard.anchor()).rejects.toThrow();
    central.obstacle = watch.facts().trouble?.sentence ?? null;
    central.changed();
    signer.failure = null;
    await watch.look();
    expect(watch.facts().trouble).toBeNull();
    central.certificate = null;
    expect(watch.facts().trouble).toMatchObject({ sentence: expect.stringContaining('gone') });
    central.certificate = {};
    central.obstacle = 'It could not be kept.';
    central.changed();
    await watch.look();
    expect(watch.facts().trouble).toMatchObject({ sentence: 'It could not be kept.' });
  });

  it('ends', async () => {
    const { clock, signer, watch, start } = openWatch();
    await start();
    watch.stop();
    await clock.advance(10 * minute);
    expect([signer.asked, clock.pendingTimers()]).toEqual([1, 0]);
  });
});
