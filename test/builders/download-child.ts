import { downloadFile } from '../../node-core/agents/local/download/download-file.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';

/** Downloads what its arguments say (address, place, size, integrity) until it is done or killed. */
const [url = '', to = '', size = '0', integrity = ''] = process.argv.slice(2);
await downloadFile(
  {
    url: new URL(url),
    mayBePlain: true,
    to,
    expected: { size: { kind: 'exact', bytes: Number(size) }, integrity },
    signal: new AbortController().signal,
  },
  { clock: systemClock, random: Math.random, proxyFor: () => null, spareBytes: 0 },
);
