import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { places } from './places.ts';

/** How long `g` waits for its letter. */
const waitMs = 1_000;

/** `g` and a letter lead to a place, `/` to the filter of the page, `?` to this list. Whoever types into a field types. */
export function useShortcuts(onHelp: () => void): void {
  const [, go] = useLocation();
  useEffect(() => {
    let pressedG = Number.NEGATIVE_INFINITY;
    const press = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog[open]') !== null;
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      const place = places.find(({ letter }) => letter === event.key);
      if (place !== undefined && event.timeStamp - pressedG < waitMs) go(place.to);
      else if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('input[type=search]')?.focus();
      } else if (event.key === '?') onHelp();
      pressedG = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [go, onHelp]);
}
