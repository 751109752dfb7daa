import type { ReactNode } from 'react';
import type { Preview } from '@accord/proto/api';
import type { KubeObject } from '@accord/proto/kube-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { request } from '../hub/request.ts';
import { Answer } from '../parts/answer.tsx';
import { Section } from '../parts/page.tsx';
import { written } from './written.ts';

/** Where a policy goes and where it does not, each with its reason. */
export function Placement({ policy }: { readonly policy: KubeObject }): ReactNode {
  const { name, generation } = policy.metadata;
  const preview = useQuery({
    queryKey: ['policy', name, 'placement', generation],
    queryFn: ({ signal }) => request<Preview>('/v1/preview', { method: 'POST', signal, body: { object: written(policy) } }),
  });
  return <Answer of={preview}>{(told) => <Told preview={told} />}</Answer>;
}

function Told({ preview: { selected, notSelected, objects } }: { readonly preview: Preview }): ReactNode {
  return (
    <div className="columns">
      <Section title={`Goes to ${selected.length}`}>
        <ul className="plain-list">
          {selected.map((cluster) => (
            <li key={cluster}>
              <Link href={`/clusters/${encodeURIComponent(cluster)}`}>{cluster}</Link>
              <details>
                <summary>{objects[cluster]?.length ?? 0} objects</summary>
                <ul>
                  {objects[cluster]?.map((object) => (
                    <li key={object}>{object}</li>
                  ))}
                </ul>
              </details>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={`Does not go to ${notSelected.length}`}>
        <ul className="plain-list">
          {notSelected.map(({ cluster, because }) => (
            <li key={cluster}>
              <Link href={`/clusters/${encodeURIComponent(cluster)}`}>{cluster}</Link> <span className="dim">{because}</span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
