import process from 'node:process';
import { type IndexerReport, indexerOrderSchema } from './agents/knowledge/indexer-messages.ts';
import { Indexer } from './agents/knowledge/indexing/indexer.ts';
import { giveWay } from './platform/give-way.ts';
import { openParentLine } from './platform/parent-line.ts';

/** Indexes files for the node, in a process of its own that gives way to all others. */
async function run(): Promise<void> {
  giveWay();
  const line = await openParentLine();
  let indexer: Indexer | null = null;
  line.onMessage((message) => {
    const order = indexerOrderSchema.parse(message);
    switch (order.kind) {
      case 'open':
        indexer = open(order.file, order.excluded, (report) => line.send(report));
        return;
      case 'configure':
        return indexer?.configure(order.collections, order.model);
      case 'reindex':
        return indexer?.reindex(order.rootIds);
      case 'search':
        return void indexer?.answers.search(order);
      case 'read':
        return void indexer?.answers.read(order);
      case 'unembedded':
        return void indexer?.answers.handOut(order);
      case 'keep':
        return void indexer?.answers.keep(order);
      case 'close':
        return void (indexer?.close() ?? Promise.resolve()).finally(() => process.exit(0));
    }
  });
}

function open(file: string, excluded: string, tell: (report: IndexerReport) => void): Indexer {
  try {
    return new Indexer({ file, excluded, tell });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    tell({ kind: 'unusable', code: code.slice(0, 100) });
    throw error;
  }
}

void run();
