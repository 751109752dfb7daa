import { GuardrailKeeper, type GuardrailKeeperDeps } from './guardrail-keeper.ts';
import { GuardrailStatus, type GuardrailStatusDeps } from './guardrail-status.ts';
import { OwnershipRail, type OwnershipRailDeps } from './ownership-rail.ts';

export interface Guards {
  readonly guardrail: GuardrailKeeper;
  readonly guardrailStatus: GuardrailStatus;
  readonly rail: OwnershipRail;
}

export interface GuardsDeps extends GuardrailKeeperDeps, Omit<GuardrailStatusDeps, 'guardrail'>, Pick<OwnershipRailDeps, 'namespace'> {
  /** The API server keeps the spoke from what is not its own again, or does not any more. */
  readonly onRail: () => void;
}

/** What the owner says, and what is told to the owner: a status follows whatever is written. */
export function buildGuards(deps: GuardsDeps): Guards {
  const onChange = (): void => {
    deps.onChange();
    guardrailStatus.loop.mark('status');
  };
  const guardrail = new GuardrailKeeper({ ...deps, onChange });
  const guardrailStatus = new GuardrailStatus({ ...deps, guardrail });
  return { guardrail, guardrailStatus, rail: new OwnershipRail({ ...deps, onChange: deps.onRail }) };
}
