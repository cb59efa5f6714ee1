import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { integrityOfModel, loadCatalogue } from '../../../node-core/agents/local/catalogue.ts';
import { createMemoryReader, readFreeDisk, readGraphicsMemory } from '../../../node-core/agents/local/machine-room.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

const resources = path.resolve(import.meta.dirname, '../../../resources');

describe('the catalogue that is shipped', () => {
  it('holds three free models between 0.4 and 3 GB, each of one revision', async () => {
    const { models } = await loadCatalogue(resources);
    expect(models).toHaveLength(3);
    expect(new Set(models.map(({ id }) => id)).size).toBe(3);
    for (const model of models) {
      expect(model.licence).toBe('Apache-2.0');
      expect(model.sizeBytes).toBeGreaterThan(4e8);
      expect(model.sizeBytes).toBeLessThan(3e9);
      expect(model.url).toMatch(/^https:\/\/huggingface\.co\/.+\/resolve\/[0-9a-f]{40}\/[^/]+\.gguf$/);
      expect(Buffer.from(integrityOfModel(model).slice(7), 'base64').toString('hex')).toBe(model.sha256);
    }
  });

  it('holds two free models for embeddings, each of one revision, and no id twice', async () => {
    const { models, embeddings } = await loadCatalogue(resources);
    expect(embeddings.map(({ sizeBytes }) => sizeBytes)).toEqual([146_146_432, 639_150_592]);
    expect(new Set([...models, ...embeddings].map(({ id }) => id)).size).toBe(5);
    for (const { licence, url } of embeddings) {
      expect(licence).toBe('Apache-2.0');
      expect(url).toMatch(/^https:\/\/huggingface\.co\/.+\/resolve\/[0-9a-f]{40}\/[^/]+\.gguf$/);
    }
  });

  it('is refused when it says something else than it has to', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'models/catalogue.json': '{"models":[{"id":"x"}]}' });
    await expect(loadCatalogue(folder)).rejects.toThrow();
  });
});

describe('what this computer has', () => {
  it('is told in bytes that can be', async () => {
    let asked = 0;
    const read = createMemoryReader(async () => {
      asked += 1;
      return 2 ** 40;
    });
    const room = await read();
    expect(room.totalMemoryBytes).toBeGreaterThan(2 ** 28);
    expect(room.freeMemoryBytes).toBeGreaterThan(0);
    expect(room.freeMemoryBytes).toBeLessThanOrEqual(room.totalMemoryBytes);
    expect(room.graphicsMemoryBytes).toBe(2 ** 40);
    await read();
    expect(asked).toBe(1);
  });

  it('counts the disk of a folder that is not there yet', async () => {
    const folder = tempFolder();
    const free = await readFreeDisk(path.join(folder, 'not', 'here'));
    expect(free).toBeGreaterThan(0);
  });

  it('takes the largest card that tells its memory', async () => {
    const folder = tempFolder();
    writeFiles(folder, {
      'card0/device/mem_info_vram_total': '8589934592\n',
      'card1/device/mem_info_vram_total': 'nonsense',
      'card2/device/other': '1',
      'card0-HDMI-A-1/device/mem_info_vram_total': '99999999999',
    });
    expect(await readGraphicsMemory(folder)).toBe(8_589_934_592);
    expect(await readGraphicsMemory(path.join(folder, 'none'))).toBeNull();
    fs.rmSync(path.join(folder, 'card0'), { recursive: true });
    expect(await readGraphicsMemory(folder)).toBeNull();
  });
});
