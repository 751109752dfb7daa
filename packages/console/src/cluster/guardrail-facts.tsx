import type { ReactNode } from 'react';
import { describeGuardrail } from '@accord/proto/describe-guardrail';
import type { GuardrailStatus } from '@accord/proto/kube-api';
import { Nothing } from '../parts/answer.tsx';
import { Fact } from '../policy/policy-page.tsx';

/** What the owner of the cluster allows policies to do there. */
export function GuardrailFacts({ guardrail }: { readonly guardrail: GuardrailStatus | undefined }): ReactNode {
  if (guardrail === undefined) return <Nothing title="Its spoke has not told yet what its owner allows." />;
  return (
    <dl className="facts">
      {describeGuardrail(guardrail).map(([name, text]) => (
        <Fact key={name} name={name}>
          {text}
        </Fact>
      ))}
    </dl>
  );
}
