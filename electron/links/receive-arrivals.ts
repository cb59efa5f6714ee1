import { app } from 'electron';
import { type Arrival, fileArrival, linkArrival, readHandover } from './arrival.ts';

/** Most arrivals that wait for the app to be ready. */
const mostWaiting = 5;

/** What the system and other starts hand over to be opened. */
export interface Arrivals {
  /** Opens what has come so far, and everything that comes; `null`: another start that brings nothing. Once. */
  openWith(open: (arrival: Arrival | null) => void): void;
  /**
   * The app ends: nothing is opened any more, and what comes is kept for the next start. Returns what tells it, or
   * `null` while nobody has asked for the app again.
   */
  close(): () => readonly Arrival[] | null;
}

/**
 * Listens from the start on, because macOS tells what to open before the app is ready.
 * @param first what the own command line opens
 */
export function receiveArrivals(first: readonly Arrival[]): Arrivals {
  let waiting: (Arrival | null)[] = first.slice(0, mostWaiting);
  let open: ((arrival: Arrival | null) => void) | null = null;
  const take = (arrival: Arrival | null): void => {
    if (open) open(arrival);
    else if (waiting.length < mostWaiting) waiting.push(arrival);
  };
  app.on('open-url', (event, address) => {
    event.preventDefault();
    take(linkArrival(address));
  });
  app.on('open-file', (event, name) => {
    event.preventDefault();
    const arrival = fileArrival(name, '/');
    if (arrival) take(arrival);
  });
  // What another start says goes by what it handed over; its raw command line is Chromium's and comes reordered.
  app.on('second-instance', (_event, _args, _folder, handover) => take(readHandover(handover)));
  return {
    openWith(opener) {
      open = opener;
      for (const arrival of waiting) opener(arrival);
      waiting = [];
    },
    close() {
      open = null;
      return () => (waiting.length === 0 ? null : waiting.filter((arrival) => arrival !== null));
    },
  };
}
