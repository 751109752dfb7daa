import { useState, type ReactNode } from 'react';
import type { KubeObject } from '@accord/proto/kube-api';
import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { Link } from 'wouter';
import { stringify } from 'yaml';
import { putPolicy } from '../hub/acts.ts';
import type { Written } from '../hub/request.ts';
import { Answer, Trouble } from '../parts/answer.tsx';
import { Page } from '../parts/page.tsx';
import { ReasonField } from '../parts/reason-field.tsx';
import { Effects } from './effects.tsx';
import { written } from './written.ts';
import { usePolicy } from './policy-page.tsx';
import { readYaml } from './read-yaml.ts';

const start = `apiVersion: accord.dev/v1alpha1
kind: ClusterPolicy
metadata:
  name: new-policy
spec:
  clusterSelector:
    matchLabels: {env: dev}
`;

/** A policy as text, with what it would do beside it. */
export function EditPage({ name }: { readonly name: string }): ReactNode {
  const policy = usePolicy(name);
  return <Answer of={policy}>{(told) => <Editor title={`Edit ${name}`} text={textOf(told)} name={name} />}</Answer>;
}

export function NewPage(): ReactNode {
  return <Editor title="New policy" text={start} />;
}

function textOf(policy: KubeObject): string {
  return stringify(written(policy), { lineWidth: 0 });
}

function Editor({ title, text: before, name }: { readonly title: string; readonly text: string; readonly name?: string }): ReactNode {
  // What somebody types stays, whatever the hub tells meanwhile.
  const [text, setText] = useState(before);
  const [reason, setReason] = useState('');
  const read = readYaml(text);
  const apply = useMutation({ mutationFn: () => putPolicy(read.name, read.object, reason) });
  const isOther = name !== undefined && read.name !== '' && read.name !== name;
  return (
    <Page
      title={title}
      crumbs={[
        { name: 'Policies', to: '/policies' },
        ...(name === undefined ? [] : [{ name, to: `/policies/${encodeURIComponent(name)}` }]),
      ]}
    >
      <div className="columns">
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            apply.mutate();
          }}
        >
          <div className="field">
            <label htmlFor="policy">The policy</label>
            <textarea
              id="policy"
              className="editor"
              spellCheck={false}
              rows={28}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          {read.fault !== undefined && <Trouble error={new Error(read.fault)} />}
          {isOther && (
            <p className="dim">
              It is called {read.name} now: applying makes another policy, and {name} stays.
            </p>
          )}
          <ReasonField reason={reason} onChange={setReason} />
          <Outcome isReady={read.fault === undefined} apply={apply} />
        </form>
        {read.fault === undefined && <Effects object={read.object} />}
      </div>
    </Page>
  );
}

type Apply = UseMutationResult<Written<unknown>, Error, void>;

/** The button, and what the hub made of it. */
function Outcome({ isReady, apply }: { readonly isReady: boolean; readonly apply: Apply }): ReactNode {
  const change = apply.data?.change;
  return (
    <>
      {apply.error !== null && <Trouble error={apply.error} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={!isReady || apply.isPending}>
          {apply.isPending ? 'Asking the hub …' : 'Apply'}
        </button>
        {change !== undefined && (
          <span role="status">
            {change === '' ? 'Nothing differs from what the hub has.' : 'Accepted as '}
            {change !== '' && <Link href={`/changes/${encodeURIComponent(change)}`}>{change}</Link>}
          </span>
        )}
      </div>
    </>
  );
}
