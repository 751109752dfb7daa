import { useEffect, useState, type ReactNode } from 'react';
import type { Preview } from '@accord/proto/api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { request } from '../hub/request.ts';
import { Answer } from '../parts/answer.tsx';
import { Section } from '../parts/page.tsx';
import { ToneMark } from '../parts/state-mark.tsx';
import { Differences } from './differences.tsx';

/** Somebody types: each letter is no question. */
const pauseMs = 400;

/** What a policy would do if it were applied as it stands: nothing is stored. */
export function Effects({ object }: { readonly object: unknown }): ReactNode {
  const asked = useSettled(JSON.stringify(object));
  const preview = useQuery({
    queryKey: ['preview', asked],
    queryFn: ({ signal }) => request<Preview>('/v1/preview', { method: 'POST', signal, body: { object: JSON.parse(asked) as unknown } }),
    placeholderData: keepPreviousData,
    refetchInterval: false,
    retry: false,
  });
  return (
    <div className="form" aria-live="polite">
      <Answer of={preview}>
        {(told) => (
          <>
            <Told preview={told} />
            {told.lint.length === 0 && <Against {...told.against} />}
          </>
        )}
      </Answer>
    </div>
  );
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function Told({ preview: { lint, warnings, selected, notSelected, change, access, refused } }: { readonly preview: Preview }): ReactNode {
  return (
    <Section title="What it would do">
      <ul className="plain-list">
        {lint.map(({ code, path, message, help }) => (
          <li key={`${code} ${path} ${message}`}>
            <ToneMark tone="bad">{code}</ToneMark> <code>{path}</code> {message} <span className="dim">{help}</span>
          </li>
        ))}
        {warnings.map(({ code, path, message, help }) => (
          <li key={`${code} ${path} ${message}`}>
            <ToneMark tone="warn">{code}</ToneMark> <code>{path}</code> {message} <span className="dim">{help}</span>
          </li>
        ))}
      </ul>
      {lint.length === 0 && (
        <>
          <p>
            On {selected.length} of {selected.length + notSelected.length} clusters: {change.add} objects more, {change.change} changed,{' '}
            {change.remove} removed.
          </p>
          <Refused refused={refused} />
          <Grants title="Would gain access" grants={access.gained} />
          <Grants title="Would lose access" grants={access.lost} />
        </>
      )}
    </Section>
  );
}

/** What the owners of clusters do not allow there. */
function Refused({ refused }: Pick<Preview, 'refused'>): ReactNode {
  if (refused.length === 0) return null;
  return (
    <details>
      <summary>
        <ToneMark tone="warn">Refused by Guardrails: {refused.length}</ToneMark>
      </summary>
      <ul className="plain-list">
        {refused.map(({ cluster, object, reason, message }) => (
          <li key={`${cluster} ${object} ${reason}`}>
            {object === '' ? 'All of it' : object} on {cluster}: {message}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Grants({ title, grants }: { readonly title: string; readonly grants: Preview['access']['gained'] }): ReactNode {
  if (grants.length === 0) return null;
  return (
    <details>
      <summary>
        {title}: {grants.length}
      </summary>
      <ul className="plain-list">
        {grants.map(({ cluster, subject, role, namespace }) => (
          <li key={`${cluster} ${subject} ${role} ${namespace}`}>
            {subject} as {role} in {namespace === '' ? 'all of' : `${namespace} on`} {cluster}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What differs from the policy of that name as the hub has it. */
function Against({ revision, differences }: Preview['against']): ReactNode {
  if (revision === 0) return <p className="dim">There is no policy of that name yet: it would be made.</p>;
  return (
    <Section title={`Against revision ${revision}`}>
      <Differences differences={differences} />
    </Section>
  );
}
