/**
 * Runs in the page's process, sandboxed and apart from the page's own world. It gives the page one thing: a port to the
 * node, which arrives as a message of the page's own window.
 */
const { contextBridge, ipcRenderer }: typeof import('electron') = require('electron');
/** As in `page-ports.ts`, which a sandboxed script cannot load. */
const portMessage = 'nunba:port';

ipcRenderer.on(portMessage, (event) => {
  window.postMessage(portMessage, '*', [...event.ports]);
});

contextBridge.exposeInMainWorld('nunbaShell', {
  requestPort: () => ipcRenderer.send(portMessage),
});
