import process from 'node:process';
import { parentPort } from 'node:worker_threads';
import { documentOrderSchema } from './agents/knowledge/documents/document-text.ts';
import { readText } from './agents/knowledge/documents/read-text.ts';

// Nothing that is read here has anything to ask of a network.
Reflect.deleteProperty(globalThis, 'fetch');
Reflect.deleteProperty(globalThis, 'WebSocket');
Reflect.deleteProperty(globalThis, 'EventSource');

// What a broken document leaves behind is nothing to end for: what was asked gets its answer all the same.
process.on('unhandledRejection', () => undefined);

/** Reads the text of documents for the indexer, in a thread that can be ended whatever a document does to it. */
parentPort?.on('message', (message: unknown) => {
  readText(documentOrderSchema.parse(message)).then(
    (read) => parentPort?.postMessage(read),
    // The indexer has to know that nothing can be read here, which is no fault of the document.
    (error: unknown) =>
      setImmediate(() => {
        throw error;
      }),
  );
});
