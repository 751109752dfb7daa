/** Value of a standard condition of Kubernetes. */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

interface StateMeaning {
  readonly ready: ConditionStatus;
  readonly reconciling: boolean;
  readonly stalled: boolean;
  readonly meaning: string;
}

/** The one table of states of a policy on a cluster, with what each means for the standard conditions. */
export const states = {
  Pending: { ready: 'Unknown', reconciling: true, stalled: false, meaning: 'selected; nothing heard yet' },
  Received: { ready: 'False', reconciling: true, stalled: false, meaning: 'the spoke has it, and no pass has begun to carry it out' },
  Applying: { ready: 'False', reconciling: true, stalled: false, meaning: 'the spoke has it and is at it' },
  Applied: { ready: 'True', reconciling: false, stalled: false, meaning: 'everything as wanted' },
  Drifted: { ready: 'False', reconciling: false, stalled: false, meaning: 'only compared, and something is not as wanted' },
  Retrying: { ready: 'False', reconciling: true, stalled: false, meaning: 'a transient failure; the spoke tries again by itself' },
  Failed: {
    ready: 'False',
    reconciling: false,
    stalled: true,
    meaning: 'refused by lint, template or the API server; retried when something changes, and slowly',
  },
  Refused: { ready: 'False', reconciling: false, stalled: true, meaning: 'the guard rail of the cluster says no' },
  Shadowed: { ready: 'Unknown', reconciling: false, stalled: false, meaning: 'another policy owns all its objects' },
  Blocked: { ready: 'False', reconciling: false, stalled: true, meaning: 'waits for something that is named' },
  Stopped: { ready: 'Unknown', reconciling: false, stalled: false, meaning: 'held by a stop: nothing is applied, healed or removed' },
  Stalled: { ready: 'False', reconciling: false, stalled: true, meaning: 'removal brake, epoch change or a fight: needs a person' },
  Removing: { ready: 'False', reconciling: true, stalled: false, meaning: 'leaving the cluster' },
  Removed: { ready: 'False', reconciling: false, stalled: false, meaning: 'gone; what is retained is listed' },
} as const satisfies Record<string, StateMeaning>;

export type PolicyState = keyof typeof states;

/** Whether the cluster has done what was wanted of it: nothing is waited for any more. */
export function isSettled(state: string): boolean {
  return state === 'Applied' || state === 'Removed';
}

/** Told of what takes long while there is no outcome yet: it never counts against one. */
export function isProgress(state: string): boolean {
  return state === 'Received' || state === 'Applying';
}

export function isPolicyState(text: string): text is PolicyState {
  return Object.hasOwn(states, text);
}
