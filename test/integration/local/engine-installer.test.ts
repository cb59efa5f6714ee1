import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../node-core/api/failure-sentences.ts';
import { engineMirror } from '../../builders/engine-mirror.ts';
import { failureOf } from '../../builders/failure.ts';
import { installerFrom } from '../../builders/installed-engine.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { enginePackages } from '../../doubles/engine-mirror.ts';

const { version } = enginePackages;
const never = new AbortController().signal;
describe('the installer of the engine', () => {
  it('fetches nothing by itself, then all that is listed, tells how far it is, and clears older versions away', async () => {
    const mirror = await engineMirror();
    const folder = path.join(tempFolder(), 'engine');
    fs.mkdirSync(path.join(folder, '3.0.0'), { recursive: true });
    const installer = installerFrom(mirror.url, folder);
    expect(() => installer.installed()).toThrow('engine-absent');
    const first = installer.state();
    expect(first).toMatchObject({ kind: 'absent' });
    const sizeBytes = first.kind === 'absent' ? (first.sizeBytes ?? 0) : 0;
    expect(mirror.asked).toEqual([]);
    const received: number[] = [];
    installer.onChange(() => {
      const state = installer.state();
      if (state.kind === 'fetching') received.push(state.receivedBytes);
    });
    await installer.install(never);
    expect(installer.state()).toEqual({ kind: 'ready', version });
    expect(received).toEqual(received.toSorted((a, b) => a - b));
    expect(received.at(-1)).toBe(sizeBytes);
    expect(fs.readdirSync(folder)).toEqual([version]);
    const { folder: whole } = installer.installed();
    expect(fs.existsSync(path.join(whole, 'node_modules/node-llama-cpp/dist/index.js'))).toBe(true);
    expect(fs.existsSync(path.join(whole, 'archives'))).toBe(false);
    const asked = mirror.asked.length;
    await installer.install(never);
    expect(mirror.asked.length).toBe(asked);
    expect(installerFrom(mirror.url, folder).state()).toEqual({ kind: 'ready', version });

    // Somebody tidies it away: asked again, it comes again.
    fs.rmSync(whole, { recursive: true });
    expect(() => installer.installed()).toThrow('engine-absent');
    await installer.install(never);
    expect(installer.installed().folder).toBe(whole);
  }, 60_000);

  it('takes no file with another content, and leaves no half engine in use', async () => {
    const mirror = await engineMirror();
    const folder = tempFolder();
    const installer = installerFrom(mirror.url, folder);
    const [first] = enginePackages.packages;
    mirror.mischief = (_file, _request, response) => {
      response.writeHead(200, { 'content-length': first?.sizeBytes ?? 0 });
      response.end(Buffer.alloc(first?.sizeBytes ?? 0, 7));
      return true;
    };
    const found = await failureOf(installer.install(never));
    expect(found).toMatchObject({ kind: 'download-failed', cause: 'wrong-checksum' });
    expect(describeFailure(found)).toMatch(/^[A-Z“].+\.$/);
    expect(installer.state()).toMatchObject({ kind: 'failed' });
    expect(() => installer.installed()).toThrow('engine-absent');
    expect(fs.existsSync(path.join(folder, version))).toBe(false);
  });

  it('goes on with what has arrived after it was stopped', async () => {
    const mirror = await engineMirror();
    const folder = tempFolder();
    const installer = installerFrom(mirror.url, folder);
    const stop = new AbortController();
    mirror.mischief = () => {
      if (mirror.asked.length === 5) stop.abort(new Error('paused'));
      return false;
    };
    await expect(installer.install(stop.signal)).rejects.toThrow('paused');
    expect(installer.state()).toMatchObject({ kind: 'absent' });
    const before = mirror.asked.length;
    mirror.mischief = (file) => {
      if (mirror.asked.slice(0, 4).includes(file)) throw new Error(`${file} was there already`);
      return false;
    };
    const again = installerFrom(mirror.url, folder);
    await again.install(never);
    expect(again.state()).toMatchObject({ kind: 'ready' });
    expect(mirror.asked.length).toBeGreaterThan(before);
  }, 60_000);

  it('says so when the registry does not have it', async () => {
    const mirror = await engineMirror();
    const gone = installerFrom(new URL('/elsewhere/', mirror.url), tempFolder());
    expect(await failureOf(gone.install(never))).toMatchObject({ kind: 'download-failed' });
  });
});
