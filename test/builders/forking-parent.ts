/** Forks the engine as a node does, says which process it is, and does nothing more. It is killed by its test. */
import { forkChild } from '../../node-core/platform/fork-child.ts';

const child = forkChild('engine');
child.onMessage(() => process.stdout.write(`${child.pid}\n`));
setInterval(() => undefined, 1_000);
