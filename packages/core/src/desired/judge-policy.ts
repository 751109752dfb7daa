import type { ClusterRecord } from '@accord/proto/cluster';
import type { PolicyName } from '@accord/proto/ids';
import type { LeaveMode, Member } from '@accord/proto/member';
import type { PolicySpec } from '@accord/proto/policy';
import { features } from '../fleet/wanted-documents.ts';
import { matchSelector } from '../labels/match-selector.ts';
import type { CompiledObject } from '../policy/compile-object.ts';
import { compilePolicy } from '../policy/compile-policy.ts';
import { renderFault, type Fault } from '../policy/fault.ts';
import { stillGranted } from '../policy/grant-end.ts';
import { renderRisk } from '../policy/render-risk.ts';
import type { HeldDocument, LostDocument, Standing } from './desired-set.ts';
import { fanOut, fanOutMax, type ClusterNamespace, type FanOut, type FanOutInput } from './fan-out.ts';
import { stopOf, type Stop } from './stop-of.ts';

/** Whose word it is that a policy is only compared. */
export type InformReason = 'ClusterInform' | 'Inform';

/** What a spoke has to do about one policy on its cluster. */
export type Verdict =
  | {
      readonly says: 'apply';
      readonly document: HeldDocument;
      readonly spec: PolicySpec;
      readonly objects: readonly CompiledObject[];
      /** Of a policy with entries for each namespace, once its objects are those of this cluster. */
      readonly fanOut?: Pick<FanOut, 'entries' | 'leftOut'>;
      /** Nothing of it is applied, healed or removed; what differs is told. Single objects of an enforced policy may be so as well. */
      readonly inform?: InformReason;
      /** From then on a grant in it is over, and it has to be judged anew. */
      readonly nextEndMs?: number;
      /** Nothing of it is written for as long as this holds. */
      readonly stop?: Stop;
    }
  /** It cannot be compiled here: nothing of it is applied, and nothing that is there is removed. */
  | {
      readonly says: 'keep';
      readonly document: HeldDocument;
      readonly reason: string;
      readonly message: string;
      /** The cluster's owner says no, and not the policy's form. */
      readonly isRefused?: true;
    }
  /** Its objects leave, as far as the removal table allows. `unknown`: this membership never had a document of it. */
  | {
      readonly says: 'leave';
      readonly document: HeldDocument | undefined;
      readonly because: 'deleted' | 'unselected' | 'absent' | 'unknown' | 'clusterLeaves';
      /** It is absent because the cluster lost the label under which it is published. Told, and no ground for a removal. */
      readonly lost?: LostDocument;
      /** Nothing leaves for as long as this holds. */
      readonly stop?: Stop;
      /** What it holds is given back, also where it made it. */
      readonly givesBack?: true;
    };

/** What a document is read against. */
export interface Situation {
  readonly member: Member;
  /** Acknowledged risks that the cluster's owner takes. */
  readonly allowRisks: ReadonlySet<string>;
  readonly nowMs: number;
}

/**
 * Reads the document against the cluster's own signed record: the spoke evaluates the whole selector itself.
 *
 * `before` is what was said of the policy last, if that is still known: most objects are in the next revision what they were.
 */
export function judgePolicy(policy: PolicyName, standing: Standing, { member, allowRisks, nowMs }: Situation, before?: Verdict): Verdict {
  const { cluster } = member;
  if (member.leave !== undefined) return leavingWith(standing, cluster, member.leave);
  // What no longer applies here leaves, suspended or not: whoever is relabelled cannot even read the document any more.
  const ofCluster = stoppedBy(stopOf(cluster, undefined));
  if (standing.says === 'absent')
    return {
      ...{ says: 'leave', document: undefined, because: standing.wasHeld ? 'absent' : 'unknown' },
      ...(standing.lost && { lost: standing.lost }),
      ...ofCluster,
    };
  const { document } = standing;
  if (standing.says === 'deleted') return { says: 'leave', document, because: 'deleted', ...ofCluster };
  const missing = document.statement.requires.filter((feature) => !features.includes(feature));
  if (missing.length > 0) {
    return { says: 'keep', document, reason: 'UnsupportedBySpoke', message: `this spoke does not know ${missing.join(', ')}; upgrade it` };
  }
  const { spec } = JSON.parse(new TextDecoder().decode(document.body)) as { readonly spec: PolicySpec };
  if (!matchSelector(spec.clusterSelector, cluster.labels).matches) return { says: 'leave', document, because: 'unselected', ...ofCluster };
  const compiled = compilePolicy({ name: policy, spec }, cluster, before?.says === 'apply' ? before.objects : []);
  if (compiled.outcome === 'compiled') {
    const denied = compiled.risks.filter(({ code }) => !allowRisks.has(code));
    if (denied.length > 0)
      return { says: 'keep', document, reason: 'AllowRisks', message: denied.map(renderRisk).join('; '), isRefused: true };
    const { objects, nextEndMs } = stillGranted(compiled.objects, nowMs);
    const ends = nextEndMs === undefined ? {} : { nextEndMs };
    const inform = informOf(spec, cluster);
    return {
      says: 'apply',
      document,
      spec,
      objects,
      ...ends,
      ...(inform === undefined ? {} : { inform }),
      ...stoppedBy(stopOf(cluster, spec)),
    };
  }
  return faulty(document, compiled.faults);
}

/** The whole cluster leaves, whatever its policies say. What this hub never gave to it is not removed on its word. */
function leavingWith(standing: Standing, cluster: ClusterRecord, mode: LeaveMode): Verdict {
  const document = standing.says === 'absent' ? undefined : standing.document;
  const isUnknown = standing.says === 'absent' && !standing.wasHeld;
  const givesBack = mode === 'Retain' || isUnknown;
  const stop = stopOf(cluster, undefined);
  // Mode Inform promises that nothing is removed, and giving back removes nothing.
  const isHeld = stop !== undefined && !(stop.reason === 'ClusterInform' && mode === 'Retain');
  return { says: 'leave', document, because: 'clusterLeaves', ...(givesBack && { givesBack }), ...stoppedBy(isHeld ? stop : undefined) };
}

/** Whether a policy makes something in each namespace of a selector, so that what it says depends on which there are. */
export function fansOut(verdict: Verdict): verdict is Extract<Verdict, { says: 'apply' }> {
  return verdict.says === 'apply' && verdict.objects.some(({ isEach }) => isEach === true);
}

/**
 * The verdict for the namespaces that there are now; undefined where they cannot be listed. Nothing is compiled anew, so that it may be
 * asked as often as a namespace changes.
 */
export function spreadVerdict(
  terms: Pick<FanOutInput, 'policy' | 'isAllowed'>,
  verdict: Verdict,
  namespaces: Iterable<ClusterNamespace> | undefined,
): Verdict {
  if (!fansOut(verdict)) return verdict;
  const { document, spec, objects } = verdict;
  if (namespaces === undefined)
    return { says: 'keep', document, reason: 'Forbidden', message: 'the spoke may not list the namespaces of this cluster' };
  const spread = fanOut({ ...terms, selector: spec.namespaceSelector, objects }, namespaces);
  if (spread.outcome === 'made') {
    const { entries, leftOut } = spread;
    return { ...verdict, objects: spread.objects, fanOut: { entries, leftOut } };
  }
  const message = `With one in each selected namespace, its entries are ${spread.count} objects here; ${fanOutMax} may be.`;
  return faulty(document, [{ code: 'TooLarge', path: 'spec.namespaceSelector', message, help: 'Select fewer namespaces.' }]);
}

function faulty(document: HeldDocument, faults: readonly Fault[]): Verdict {
  const [first] = faults;
  const reason = first === undefined || first.code === 'Template' ? 'Template' : `Lint${first.code}`;
  return { says: 'keep', document, reason, message: faults.map(renderFault).join('; ') };
}

/** The stops that no document carries come on top: what operators hold, and what the cluster's owner says. */
export function underStops(verdict: Verdict, held: Stop | undefined, guard: Stop | undefined): Verdict {
  return underStop(underStop(verdict, held), guard);
}

/** Only a freeze holds more than what already holds a policy. */
function underStop(verdict: Verdict, stop: Stop | undefined): Verdict {
  if (stop === undefined || verdict.says === 'keep') return verdict;
  return verdict.stop === undefined || stop.endsNothing === true ? { ...verdict, stop } : verdict;
}

/** The mode of the cluster caps the mode of the policy. */
function informOf({ mode }: PolicySpec, cluster: ClusterRecord): InformReason | undefined {
  const reason = cluster.spec.mode === 'Inform' ? 'ClusterInform' : mode === 'Inform' ? 'Inform' : undefined;
  return reason;
}

function stoppedBy(stop: Stop | undefined): { readonly stop?: Stop } {
  return stop === undefined ? {} : { stop };
}
