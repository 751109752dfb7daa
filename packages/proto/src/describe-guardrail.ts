import type { GuardrailStatus } from './kube-api.ts';

/** What the owner of a cluster allows, for people: pairs of what it is about and what holds. The same for CLI and console. */
export function describeGuardrail({ generation, because, spec, unlisted }: GuardrailStatus): readonly (readonly [string, string])[] {
  if (because !== undefined) return [['Obeyed', `no, so nothing is written until its owner corrects it: ${because}`]];
  const { namespaces, windows = [], freeze, maxRemovalsPerHour } = spec;
  const list = (field: string, names: readonly string[] | undefined, otherwise: string): string =>
    names === undefined ? otherwise : listed(names, unlisted[field]);
  const times = windows.map(({ schedule, duration, timeZone = 'UTC' }) => `${schedule} for ${duration} (${timeZone})`);
  return [
    ['Written', generation === 0 ? 'no, the defaults hold' : `by its owner, generation ${generation}`],
    ['Kinds', list('allowedKinds', spec.allowedKinds, 'all that the permissions allow')],
    ['Namespaces', list('namespaces.allow', namespaces?.allow, 'all that are not protected')],
    ['Protected', list('namespaces.protect', namespaces?.protect, 'those of the system')],
    ['ClusterRoles to bind', list('bindableRoles', spec.bindableRoles, 'all that the permissions allow')],
    ['Objects', `at most ${spec.maxObjects}`],
    ['Removals', maxRemovalsPerHour === undefined ? 'no limit but the brake' : `at most ${maxRemovalsPerHour} an hour`],
    ['Windows', list('windows', times.length === 0 ? undefined : times, 'always')],
    ...(freeze === undefined ? [] : [['Freeze', `until ${freeze.until}: ${freeze.reason}`] as const]),
    ['Local holds', `at most ${spec.maxLocalHold}`],
    ['Risks', list('allowRisks', spec.allowRisks, 'none')],
  ];
}

function listed(names: readonly string[], more = 0): string {
  return [...(names.length === 0 && more === 0 ? ['none'] : names), ...(more === 0 ? [] : [`and ${more} more`])].join(', ');
}
