import { equalBytes, sha256 } from '@accord/proto/canonical';
import { compareFences } from '@accord/proto/document';
import type { ClusterId } from '@accord/proto/ids';
import { encodeRecord, type PublishedStatus } from '@accord/proto/record';
import { isSetAnchor, recordDoc, type Anchor, type Doc } from '@accord/proto/subjects';
import { setAnchorsOf } from '../cluster/anchors-of.ts';
import type { Entry } from '../follow/entries.ts';
import type { ClusterFact } from '../registry/facts.ts';
import { clusterRecord, type Recorded } from '../registry/registry.ts';
import type { PublishedFleet, WantedDocument } from './plan-fleet.ts';

interface Fleet {
  readonly published: PublishedFleet;
  readonly epoch: number;
}

/**
 * What the members of its sets know of a cluster.
 *
 * People decide its revision; what is told of its readiness between two revisions is ordered by the step, which goes on from what
 * stands in FLEET, so that a hub that starts anew neither repeats one nor goes back.
 */
export function recordDocument(
  { body: cluster, atMs, change }: Recorded<ClusterFact>,
  status: PublishedStatus,
  fleet: Fleet,
): WantedDocument {
  const record = clusterRecord(cluster);
  const doc = recordDoc(cluster.id);
  const body = encodeRecord({ cluster: record, status });
  const anchors = setAnchorsOf(record.labels);
  const before = newestEntry(anchors, doc, fleet);
  const isSame = before !== undefined && before.revision === cluster.revision;
  const isTold = isSame && !before.deleted && equalBytes(before.digest, sha256(body));
  return {
    doc,
    anchors,
    isRecord: true,
    fence: { revision: cluster.revision, step: isSame ? before.step + (isTold ? 0 : 1) : 0 },
    body,
    createdAtMs: cluster.createdAtMs,
    acceptedAtMs: atMs,
    change,
    requires: [],
    removalsMax: 0,
  };
}

/** The end of the record of a cluster that the registry does not know any more; undefined where none stands. */
export function goneRecord(id: ClusterId, { published, epoch }: Fleet, nowMs: number): WantedDocument | undefined {
  const doc = recordDoc(id);
  const entry = newestEntry([...published.keys()].filter(isSetAnchor), doc, { published, epoch });
  if (entry === undefined || entry.deleted) return undefined;
  const { revision, step } = entry;
  const change = { id: '', traceparent: '' };
  const times = { createdAtMs: 0, acceptedAtMs: nowMs };
  return {
    ...{ doc, anchors: [], isRecord: true, fence: { revision, step }, body: new Uint8Array() },
    ...times,
    change,
    requires: [],
    removalsMax: 0,
  };
}

function newestEntry(anchors: readonly Anchor[], doc: Doc, { published, epoch }: Fleet): Entry | undefined {
  const entries = anchors.flatMap((anchor) => {
    const index = published.get(anchor);
    return (index?.epoch === epoch ? index.entries.get(doc) : undefined) ?? [];
  });
  return entries.toSorted(compareFences).at(-1);
}
