import process from 'node:process';
import { MessageChannelMain, type MessagePortMain, powerMonitor } from 'electron';
import type { RuntimeView } from '../../node-core/api/shell-views.ts';
import { forkPart } from '../forks/fork-part.ts';
import { serveForks } from '../forks/serve-forks.ts';
import { serveKeyring } from '../keyring/serve-keyring.ts';
import { systemKeyring } from '../keyring/system-keyring.ts';
import { forkNode, type NodeStart } from './fork-node.ts';
import { mainPortChannel } from './main-port-channel.ts';
import { createNodeLink, type NodeLink } from './node-link.ts';
import type { WentBack } from './node-messages.ts';
import { watchNode } from './node-process.ts';
import { shellClock } from './shell-clock.ts';

/** The node as the main process has it. */
export interface ShellNode {
  /** The contract, for whoever in the main process wants something of the node. */
  readonly link: NodeLink;
  isReady(): boolean;
  /** Calls `listener` whenever a new process of the node takes ports; returns what ends that. */
  onReady(listener: () => void): () => void;
  /** Calls `listener` when the first start of an update failed and the database is as it was before. */
  onWentBack(listener: (wentBack: WentBack) => void): void;
  /** Hands the node the port of a page; closes it where no node is ready. */
  attach(port: MessagePortMain): void;
  /** Starts the node anew after it was given up. */
  restart(): void;
  /** Resolves when the node has closed its database, within 5 s or by force. Idempotent. */
  stop(): Promise<void>;
}

/** Starts the node in its utility process and watches over it; what is known of it goes to `onView`. */
export function startNode(start: NodeStart, onView: (view: RuntimeView) => void): ShellNode {
  const link = createNodeLink();
  const keyring = systemKeyring(process.platform);
  const listeners = new Set<() => void>();
  const wentBackListeners = new Set<(wentBack: WentBack) => void>();
  let isReady = false;
  const node = watchNode<MessagePortMain>({
    fork() {
      const child = forkNode(start);
      serveKeyring(child, keyring);
      serveForks(child, { fork: (order) => forkPart(start.program, order), channel: messageChannel });
      return child;
    },
    clock: shellClock,
    onView(view) {
      isReady = view.kind === 'running';
      onView(view);
    },
    onWentBack(wentBack) {
      for (const listener of [...wentBackListeners]) listener(wentBack);
    },
    onReady() {
      const { port1, port2 } = new MessageChannelMain();
      node.attach(port1);
      link.connect(mainPortChannel(port2));
      for (const listener of [...listeners]) listener();
    },
  });
  powerMonitor.on('suspend', () => node.sleeps('suspend'));
  powerMonitor.on('resume', () => node.sleeps('resume'));
  return {
    link,
    isReady: () => isReady,
    onReady(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onWentBack: (listener) => void wentBackListeners.add(listener),
    attach: (port) => node.attach(port),
    restart: () => node.restart(),
    stop: () => node.stop(),
  };
}

function messageChannel(): readonly [MessagePortMain, MessagePortMain] {
  const { port1, port2 } = new MessageChannelMain();
  return [port1, port2];
}
