import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { writeTinyModel } from '../builders/tiny-gguf.ts';

const root = path.join(import.meta.dirname, '../..');

/** Words that the tiny model says, one after the other, and then stops. */
const words = 800;
/** How its answer begins and ends. */
export const firstWords = 'w1 w2 w3';
export const lastWord = `w${words}`;

/** A copy of the built program whose catalogue has a tiny model in place of its first one. */
export interface LocalModelProgram {
  /** Absolute, of the node's entry. */
  readonly main: string;
  /** The tiny model's file. */
  readonly model: Buffer;
  /** Of the tiny model in the catalogue. */
  readonly name: string;
  readonly id: string;
}

/**
 * Copies the built program into `folder`. Only the size, the digest and the address of that model are the test's.
 *
 * @param write writes the model; default: one that says many words
 */
export function copyProgram(folder: string, write: (file: string) => void = tinyModel): LocalModelProgram {
  const file = path.join(folder, 'tiny.gguf');
  write(file);
  const model = fs.readFileSync(file);
  const program = path.join(folder, 'program');
  for (const part of ['package.json', 'resources', 'dist/node-core', 'dist/renderer', 'dist/licences.json']) {
    fs.cpSync(path.join(root, part), path.join(program, part), { recursive: true });
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(program, 'node_modules'), 'junction');
  const catalogue = path.join(program, 'resources/models/catalogue.json');
  const { models, embeddings } = JSON.parse(fs.readFileSync(catalogue, 'utf8'));
  const sha256 = createHash('sha256').update(model).digest('hex');
  Object.assign(models[0], { sizeBytes: model.length, sha256, url: 'https://models.example/tiny.gguf' });
  fs.writeFileSync(catalogue, JSON.stringify({ models, embeddings }));
  return {
    main: path.join(program, 'dist/node-core/main.js'),
    model,
    name: String(models[0].name),
    id: String(models[0].id),
  };
}

/** Gives the first model for embeddings of that copy the file of a test. Returns its name. */
export function changeEmbeddings(
  { main }: Pick<LocalModelProgram, 'main'>,
  file: { readonly sizeBytes: number; readonly sha256: string; readonly url: string },
): string {
  const catalogue = path.resolve(path.dirname(main), '../../resources/models/catalogue.json');
  const { models, embeddings } = JSON.parse(fs.readFileSync(catalogue, 'utf8'));
  Object.assign(embeddings[0], file);
  fs.writeFileSync(catalogue, JSON.stringify({ models, embeddings }));
  return String(embeddings[0].name);
}

function tinyModel(file: string): void {
  const says = Array.from({ length: words }, (_, index) => `w${index + 1}`).join(' ');
  writeTinyModel(file, { says, ends: true, contextTokens: 16_384 });
}

/** Ends the engine that the node of this copy has started, without any chance to tidy up. Not for Windows. */
export function killEngine({ main }: Pick<LocalModelProgram, 'main'>): void {
  const engine = path.join(path.dirname(main), 'engine.js');
  const listed = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  const lines = listed.split('\n').filter((line) => line.includes(engine));
  if (lines.length !== 1) throw new Error(`${lines.length} engines run, where one was expected`);
  process.kill(Number.parseInt(String(lines[0]), 10), 'SIGKILL');
}
