import { useEffect, useState } from 'react';

/** The present time, ms since the epoch, kept true. @param everyMs how often it is read anew */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
