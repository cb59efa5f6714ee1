/**
 * Runs in the page's process, sandboxed and apart from the page's own world. It gives the page a port to the node,
 * which arrives as a message of the page's own window, and the calls and views of the shell. Nothing of Electron itself.
 */
const { contextBridge, ipcRenderer }: typeof import('electron') = require('electron');

/** As `shellMessages` of `shell-contract.ts`, which a sandboxed script cannot load; a test compares them. */
const messages = {
  port: 'nunba:port',
  call: 'nunba:call',
  watch: 'nunba:watch',
  view: 'nunba:view',
  command: 'nunba:command',
};

let tellView: ((view: unknown) => void) | null = null;
let tellCommand: ((command: unknown) => void) | null = null;

ipcRenderer.on(messages.port, (event) => {
  window.postMessage(messages.port, '*', [...event.ports]);
});
ipcRenderer.on(messages.view, (_event, view: unknown) => tellView?.(view));
ipcRenderer.on(messages.command, (_event, command: unknown) => tellCommand?.(command));

const api: import('../node-core/api/shell-contract.ts').ShellApi = {
  requestPort: () => ipcRenderer.send(messages.port),
  call: (name, input) => ipcRenderer.invoke(messages.call, name, input),
  watch: (listener) => {
    tellView = listener;
    ipcRenderer.send(messages.watch);
  },
  onCommand: (listener) => {
    tellCommand = listener;
  },
};
contextBridge.exposeInMainWorld('nunbaShell', api);
