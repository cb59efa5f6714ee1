import { useEffect, useState } from 'react';

const startOfToday = (): Date => {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate());
};

/** The start of the present day; changes at midnight, or soon after the computer woke. */
export function useToday(): Date {
  const [today, setToday] = useState(startOfToday);
  useEffect(() => {
    const timer = setInterval(() => {
      const now = startOfToday();
      setToday((known) => (known.getTime() === now.getTime() ? known : now));
    }, 60_000);
    return () => clearInterval(timer);
  }, []);
  return today;
}
