import { expect, test } from 'vitest';
import { explainAggregation } from './foreign-aggregation.ts';

const guard =
  "clusterroles \"a\" is forbidden: ValidatingAdmissionPolicy 'accord-spoke-roles' with binding 'accord-spoke-roles' denied request: aggregation rules are refused";
const added = 'somebody has added an aggregationRule, which only an administrator takes away';
const said = 'clusterroles "a" is forbidden: must have cluster-admin privileges to use the aggregationRule';

test.each<[claim: string, body: object, because: string, told: string]>([
  ['a role that states none has one of others', { rules: [] }, said, `${added}: ${said}`],
  ['and the guard rail says it in other words', { rules: [] }, guard, `${added}: ${guard}`],
  ['a role that states one asks for it itself', { aggregationRule: {} }, said, said],
  ['another refusal is as it is', { rules: [] }, 'exceeded quota', 'exceeded quota'],
])('%s', (_claim, body, because, told) => expect(explainAggregation(body as never, because)).toBe(told));
