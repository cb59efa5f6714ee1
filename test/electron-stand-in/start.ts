import fs from 'node:fs';
import inspector from 'node:inspector';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { watchDownloads } from './downloads.ts';
import { app, commandLine } from './electron-members.ts';

/** Runs the app's main module as Electron does: its own arguments, its own life, a DevTools address where one is asked for. */
process.argv = [process.execPath, ...commandLine.args];
// Code that the inspector evaluates does not drain the microtasks of an idle loop; a steady tick does.
setInterval(() => undefined, 20);

try {
  const loading = import(pathToFileURL(commandLine.mainFile).href);
  // A module may wait for the app to be ready before it is loaded to its end.
  await Promise.race([loading, app.asked]);
  // Only now: what is evaluated before the modules are there finds none of them.
  if (commandLine.switches.has('inspect')) inspector.open(0, '127.0.0.1');
  await app.begin();
  if (app.isReady())
    await watchDownloads(app.chromium.devTools, path.join(app.getPath('sessionData'), 'stand-in-downloads'));
  await loading;
} catch (error) {
  console.error('stand-in: the main module failed:', error);
  if (process.env.STAND_IN_FAILURE) fs.writeFileSync(process.env.STAND_IN_FAILURE, inspect(error));
  app.exit(1);
}
