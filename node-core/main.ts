#!/usr/bin/env node
import module from 'node:module';

// Everything else is imported after this line, so that it comes from the cache of compiled code.
module.enableCompileCache();
void import('./commands/command-line.ts').then(({ runCommandLine }) => runCommandLine(process.argv.slice(2)));
