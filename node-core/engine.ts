import { serveEngine } from './agents/local/engine/serve-engine.ts';
import { forbidForks } from './platform/forbid-forks.ts';
import { openParentLine } from './platform/parent-line.ts';

/** The process that runs a local model: it may crash, hang or eat memory, and the node lives on. */
forbidForks();
void openParentLine().then(serveEngine);
