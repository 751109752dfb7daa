import { lazy, Suspense, type ReactNode } from 'react';
import { Waiting } from './answer.tsx';

const YamlText = lazy(async () => ({ default: (await import('./yaml-text.tsx')).YamlText }));

/** An object as people write it. */
export function ObjectText(props: { readonly label: string; readonly value: unknown }): ReactNode {
  return (
    <Suspense fallback={<Waiting />}>
      <YamlText {...props} />
    </Suspense>
  );
}
