import type { WebFrameMain } from 'electron';
import { standsFor } from './stands-for.ts';

/** A frame as the main process sees the sender of a message: always the top one, others get no preload script. */
export function createFrame(id: number, url: string): object {
  const { protocol, host } = URL.canParse(url) ? new URL(url) : { protocol: 'about:', host: '' };
  const frame = {
    url,
    origin: host ? `${protocol}//${host}` : 'null',
    parent: null,
    top: null,
    frames: [],
    frameTreeNodeId: id,
    routingId: id,
    processId: id,
    detached: false,
    visibilityState: 'visible' as const,
    isDestroyed: (): boolean => false,
  } satisfies Partial<WebFrameMain>;
  return standsFor('webFrameMain', frame);
}
