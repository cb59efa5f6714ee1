// Run in a folder with node-llama-cpp: prints the folders of the packages that it really loads, as JSON.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const loaded = new Set();
const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

registerHooks({
  load(url, context, next) {
    const folder = packageFolder.exec(decodeURIComponent(new URL(url).pathname));
    if (folder) loaded.add(folder[0]);
    return next(url, context);
  },
});
const entry = pathToFileURL(`${process.cwd()}/node_modules/node-llama-cpp/dist/index.js`).href;
const { getLlama } = await import(entry);
const llama = await getLlama({ gpu: false, build: 'never' });
await llama.dispose();
process.stdout.write(JSON.stringify([...loaded]));
