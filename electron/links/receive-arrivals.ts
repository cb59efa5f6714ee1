import { app } from 'electron';
import { type Arrival, fileArrival, linkArrival, readHandover } from './arrival.ts';

/** Most arrivals that wait for the app to be ready. */
const mostWaiting = 5;

/** What the system and other starts hand over to be opened. */
export interface Arrivals {
  /** Opens what has come so far, and everything that comes. Once. */
  openWith(open: (arrival: Arrival) => void): void;
}

/**
 * Listens from the start on, because macOS tells what to open before the app is ready.
 * @param first what the own command line opens
 */
export function receiveArrivals(first: Arrival | null): Arrivals {
  let waiting: Arrival[] = first ? [first] : [];
  let open: ((arrival: Arrival) => void) | null = null;
  const take = (arrival: Arrival | null): void => {
    if (!arrival) return;
    if (open) open(arrival);
    else if (waiting.length < mostWaiting) waiting.push(arrival);
  };
  app.on('open-url', (event, address) => {
    event.preventDefault();
    take(linkArrival(address));
  });
  app.on('open-file', (event, name) => {
    event.preventDefault();
    take(fileArrival(name, '/'));
  });
  // What another start says goes by what it handed over; its raw command line is Chromium's and comes reordered.
  app.on('second-instance', (_event, _args, _folder, handover) => take(readHandover(handover)));
  return {
    openWith(opener) {
      open = opener;
      for (const arrival of waiting) opener(arrival);
      waiting = [];
    },
  };
}
