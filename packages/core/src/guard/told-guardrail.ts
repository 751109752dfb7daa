/** What a spoke tells of the Guardrail of its cluster's owner. Cut by the spoke, and again by the hub: any bytes may come. */
import type { GuardrailSpec } from '@accord/proto/guardrail';
import type { GuardrailStatus } from '@accord/proto/kube-api';
import type { GuardrailFact, NameListFact } from '@accord/proto/messages';
import { defaultMaxLocalHold, defaultMaxObjects, type ReadGuardrail } from './guardrail.ts';

/** Of each list. A cluster whose owner names more tells how many there are besides. */
export const namesToldMax = 32;
export const windowsToldMax = 8;
const nameLengthMax = 128;
const textMax = 256;
const numberMax = 1_000_000_000;

const nothing: GuardrailFact = {
  ...{ generation: 0, because: '', allowedKinds: null, allowedNamespaces: null, bindableRoles: null, protectedNamespaces: null },
  ...{ allowRisks: null, maxObjects: 0, maxRemovalsPerHour: null, windows: [], moreWindows: 0, freeze: null, maxLocalHold: '' },
};

/** `generation` is 0 where the owner wrote none. */
export function tellGuardrail(read: ReadGuardrail, generation: number): GuardrailFact {
  if (read.outcome === 'invalid') return boundGuardrail({ ...nothing, generation, because: read.because });
  const { allowedKinds, namespaces, bindableRoles, allowRisks, maxObjects, maxRemovalsPerHour, windows, freeze, maxLocalHold } = read.spec;
  return boundGuardrail({
    ...nothing,
    generation,
    allowedKinds: listOf(allowedKinds),
    allowedNamespaces: listOf(namespaces?.allow),
    bindableRoles: listOf(bindableRoles),
    protectedNamespaces: listOf(namespaces?.protect),
    allowRisks: listOf(allowRisks),
    maxObjects: maxObjects ?? defaultMaxObjects,
    maxRemovalsPerHour: maxRemovalsPerHour === undefined ? null : { value: maxRemovalsPerHour },
    windows: (windows ?? []).map(({ schedule, duration, timeZone = '' }) => ({ schedule, duration, timeZone })),
    freeze: freeze === undefined ? null : { untilMs: Date.parse(freeze.until), reason: freeze.reason },
    maxLocalHold: maxLocalHold ?? defaultMaxLocalHold,
  });
}

/** The same in plain values of a bounded size; a name that is cut would mean something else, so it is left out and counted. */
export function boundGuardrail(fact: GuardrailFact): GuardrailFact {
  const windows = fact.windows.filter(({ schedule, duration, timeZone }) => [schedule, duration, timeZone].every(isName));
  const told = windows.slice(0, windowsToldMax);
  const { maxRemovalsPerHour, freeze } = fact;
  return {
    generation: whole(fact.generation),
    because: fact.because.slice(0, textMax),
    allowedKinds: boundList(fact.allowedKinds),
    allowedNamespaces: boundList(fact.allowedNamespaces),
    bindableRoles: boundList(fact.bindableRoles),
    protectedNamespaces: boundList(fact.protectedNamespaces),
    allowRisks: boundList(fact.allowRisks),
    maxObjects: whole(fact.maxObjects),
    maxRemovalsPerHour: maxRemovalsPerHour === null ? null : { value: whole(maxRemovalsPerHour.value) },
    windows: told.map(({ schedule, duration, timeZone }) => ({ schedule, duration, timeZone })),
    moreWindows: whole(fact.moreWindows + fact.windows.length - told.length),
    freeze: freeze === null ? null : { untilMs: timeIn(freeze.untilMs), reason: freeze.reason.slice(0, textMax) },
    maxLocalHold: isName(fact.maxLocalHold) ? fact.maxLocalHold : '',
  };
}

/** As people read it. */
export function shownGuardrail(fact: GuardrailFact): GuardrailStatus {
  const { generation, because, freeze, windows, maxRemovalsPerHour } = fact;
  if (because !== '') return { generation, because, spec: {}, unlisted: {} };
  const namespaces = { ...field('allow', fact.allowedNamespaces), ...field('protect', fact.protectedNamespaces) };
  const left: readonly (readonly [string, number])[] = [
    ['allowedKinds', fact.allowedKinds?.more ?? 0],
    ['namespaces.allow', fact.allowedNamespaces?.more ?? 0],
    ['namespaces.protect', fact.protectedNamespaces?.more ?? 0],
    ['bindableRoles', fact.bindableRoles?.more ?? 0],
    ['windows', fact.moreWindows],
    ['allowRisks', fact.allowRisks?.more ?? 0],
  ];
  const spec: GuardrailSpec = {
    ...field('allowedKinds', fact.allowedKinds),
    ...(Object.keys(namespaces).length > 0 && { namespaces }),
    ...field('bindableRoles', fact.bindableRoles),
    maxObjects: fact.maxObjects,
    ...(maxRemovalsPerHour !== null && { maxRemovalsPerHour: maxRemovalsPerHour.value }),
    ...(windows.length > 0 && { windows: windows.map(({ timeZone, ...rest }) => ({ ...rest, timeZone: timeZone || 'UTC' })) }),
    ...(freeze !== null && { freeze: { until: new Date(freeze.untilMs).toISOString(), reason: freeze.reason } }),
    maxLocalHold: fact.maxLocalHold,
    ...field('allowRisks', fact.allowRisks),
  };
  return { generation, spec, unlisted: Object.fromEntries(left.filter(([, more]) => more > 0)) };
}

function field<Name extends string>(name: Name, list: NameListFact | null): { readonly [Key in Name]?: string[] } {
  return list === null ? {} : ({ [name]: [...list.names] } as { readonly [Key in Name]?: string[] });
}

function listOf(names: readonly string[] | undefined): NameListFact | null {
  return names === undefined ? null : { names, more: 0 };
}

function boundList(list: NameListFact | null): NameListFact | null {
  if (list === null) return null;
  const names = list.names.filter(isName).slice(0, namesToldMax);
  return { names, more: whole(list.more + list.names.length - names.length) };
}

function isName(text: string): boolean {
  return text.length <= nameLengthMax && /^[\x20-\x7e]*$/.test(text);
}

function whole(value: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(0, Math.floor(value)), numberMax) : 0;
}

/** The end of time of JavaScript: whoever says a later one means that as well. */
const timeMax = 8_640_000_000_000_000;

function timeIn(ms: number): number {
  return Number.isFinite(ms) ? Math.min(Math.max(0, Math.floor(ms)), timeMax) : 0;
}
