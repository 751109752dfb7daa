import { createContext, use } from 'react';
import { mayAct, type Person } from './session.ts';

/** Who looks at the page. */
export const PersonContext = createContext<Person | undefined>(undefined);

/** Whether to offer what takes a role at all. What is offered may still be refused by the hub, which knows the bindings. */
export function useMay(least: 'operator' | 'admin'): boolean {
  const person = use(PersonContext);
  return person !== undefined && mayAct(person, least);
}
