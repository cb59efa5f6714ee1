/**
 * Runs in the page's process, sandboxed and apart from the page's own world. It gives the page one thing: a port to the
 * node, which arrives as a message of the page's own window.
 */
const { contextBridge, ipcRenderer }: typeof import('electron') = require('electron');
const { portChannelName }: typeof import('./preload-names.ts') = require('./preload-names.ts');

ipcRenderer.on(portChannelName, (event) => {
  window.postMessage(portChannelName, '*', [...event.ports]);
});

contextBridge.exposeInMainWorld('nunbaShell', {
  requestPort: () => ipcRenderer.send(portChannelName),
});
