import { useEffect, useState, type ReactNode } from 'react';
import { tellAge } from './tell-time.ts';

const listeners = new Set<(nowMs: number) => void>();
setInterval(() => {
  for (const listener of listeners) listener(Date.now());
}, 5_000);

/** The time, every five seconds: one timer for all ages on the page. */
export function useNow(): number {
  const [nowMs, setNow] = useState(() => Date.now());
  useEffect(() => {
    listeners.add(setNow);
    return () => void listeners.delete(setNow);
  }, []);
  return nowMs;
}

/** When something was: how long ago, with the exact time for whoever points at it. */
export function Moment({ at }: { readonly at: string | undefined }): ReactNode {
  const nowMs = useNow();
  if (at === undefined) return <span className="dim">never</span>;
  return (
    <time dateTime={at} title={at}>
      {tellAge(Date.parse(at), nowMs)} ago
    </time>
  );
}
