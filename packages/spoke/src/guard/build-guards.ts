import { GuardrailKeeper, type GuardrailKeeperDeps } from './guardrail-keeper.ts';
import { GuardrailStatus, type GuardrailStatusDeps } from './guardrail-status.ts';

export interface Guards {
  readonly guardrail: GuardrailKeeper;
  readonly guardrailStatus: GuardrailStatus;
}

/** What the owner says, and what is told to the owner: a status follows whatever is written. */
export function buildGuards(deps: GuardrailKeeperDeps & Omit<GuardrailStatusDeps, 'guardrail'>): Guards {
  const onChange = (): void => {
    deps.onChange();
    guardrailStatus.loop.mark('status');
  };
  const guardrail = new GuardrailKeeper({ ...deps, onChange });
  const guardrailStatus = new GuardrailStatus({ ...deps, guardrail });
  return { guardrail, guardrailStatus };
}
