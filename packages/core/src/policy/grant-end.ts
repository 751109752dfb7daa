import type { JsonObject } from '@accord/proto/canonical';
import { untilAnnotation } from '@accord/proto/labels';
import type { CompiledObject } from './compile-object.ts';
import { sortFaults, type Fault } from './fault.ts';
import { layOut, sourcePath, type Policy } from './lay-out.ts';
import { eachOverride } from './overrides.ts';
import { bindingKinds, groupKindOf, textAt } from './manifest.ts';

/** When the grant ends that an object is; undefined for all that does not end. */
export function grantEndMs(manifest: JsonObject): number | undefined {
  return readEnd(groupKindOf(manifest), textAt(manifest, 'metadata', 'annotations', untilAnnotation));
}

/** As `grantEndMs`, for the text of the annotation on an object of that `group/Kind`. Only bindings end; what is no time is no end. */
export function readEnd(groupKind: string, text: string | undefined): number | undefined {
  if (!bindingKinds.includes(groupKind)) return undefined;
  const atMs = Date.parse(text ?? '');
  return Number.isNaN(atMs) ? undefined : atMs;
}

export interface Granted {
  /** What still holds. */
  readonly objects: readonly CompiledObject[];
  /** When the next of them ends. */
  readonly nextEndMs: number | undefined;
}

/** Leaves out the grants that are over. The same policy means less from then on, without a new revision. */
export function stillGranted(objects: readonly CompiledObject[], nowMs: number): Granted {
  const ends = new Map(objects.map((object) => [object, grantEndMs(object.manifest)]));
  const open = objects.filter((object) => (ends.get(object) ?? Number.POSITIVE_INFINITY) > nowMs);
  const next = Math.min(...open.map((object) => ends.get(object) ?? Number.POSITIVE_INFINITY));
  return { objects: open, nextEndMs: Number.isFinite(next) ? next : undefined };
}

/** Warns of grants that are over already: nobody gets them. */
export function endWarnings(policy: Policy, nowMs: number): readonly Fault[] {
  const warnings = [policy, ...eachOverride(policy)]
    .flatMap(layOut)
    .filter(({ manifest }) => (grantEndMs(manifest) ?? Number.POSITIVE_INFINITY) <= nowMs)
    .map((object): Fault => ({
      code: 'GrantEnded',
      path: sourcePath(object, 'metadata.annotations'),
      message: `This grant of ${textAt(object.manifest, 'roleRef', 'name')} is over and gives nothing.`,
      help: 'Move its end, or take it out.',
    }));
  return sortFaults(warnings);
}
