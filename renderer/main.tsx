import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createMessages } from './messages/create-messages.ts';
import { createNodeClient } from './rpc/node-client.ts';
import { openSession } from './rpc/open-session.ts';
import { openPortChannel } from './rpc/port-channel.ts';
import { createShellClient } from './rpc/shell-client.ts';
import { openWebSocketChannel } from './rpc/web-socket-channel.ts';
import { applyStoredTheme } from './theme.ts';
import './ui/styles.css';
import './motion.css';

const storage = pageStorage();
applyStoredTheme(storage);

const api = window.nunbaShell;
const shell = api ? createShellClient(api) : null;
const session = api ? Promise.resolve() : openSession();
const client = createNodeClient({
  connect: async () => {
    await session;
    return api ? openPortChannel(api) : openWebSocketChannel();
  },
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
  random: Math.random,
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App client={client} shell={shell} messages={createMessages(navigator.language)} storage={storage} />
  </StrictMode>,
);

/** The browser's storage, or `null` where the person has closed it. */
function pageStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
