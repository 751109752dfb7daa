/** What `apply` on one cluster was made of: a span for each stage, and below it one for the write that took longest. */
import { keyParts, renderKey, type ObjectKey } from '@accord/proto/ids';
import type { StageTimes } from '@accord/proto/messages';
import { attributesOf, type TraceSpan } from './span.ts';
import { isWritten, stageName } from './stage-times.ts';
import { spanIdOf } from './trace-context.ts';

export interface StageSpansInput {
  /** The span of the hop. Whatever a clock said, everything lies inside of it. */
  readonly apply: TraceSpan;
  /** On the clock of the hub. */
  readonly stages: readonly StageTimes[];
  /** Name of the cluster. */
  readonly name: string;
  readonly policy: string;
}

/** In order of the stages, each with its slowest write behind it; ids are worked out of that of `apply`. */
export function stageSpans({ apply, stages, name, policy }: StageSpansInput): readonly TraceSpan[] {
  return stages.flatMap(({ stage, startMs, endMs, writes, slowest }) => {
    const { traceId, isOpen } = apply;
    const whole: TraceSpan = {
      ...{ traceId, parentSpanId: apply.spanId, spanId: spanIdOf(traceId, 'stage', apply.spanId, String(stage)) },
      ...{ name: stageName(stage), kind: 'internal' },
      ...within(apply, startMs, endMs),
      attributes: attributesOf({ 'accord.cluster': name, 'accord.stage': stage, 'accord.stage.writes': writes }),
      ...{ events: [], links: [], ...(isOpen === true && { isOpen }) },
    };
    return slowest === null ? [whole] : [whole, writeSpan(whole, slowest, { name, policy })];
  });
}

function writeSpan(
  stage: TraceSpan,
  { object, method, startMs, ms, result }: NonNullable<StageTimes['slowest']>,
  { name, policy }: Pick<StageSpansInput, 'name' | 'policy'>,
): TraceSpan {
  const { traceId, isOpen } = stage;
  const key = object as ObjectKey;
  const parts = keyParts(key);
  const failed = !isWritten(result);
  return {
    ...{ traceId, parentSpanId: stage.spanId, spanId: spanIdOf(traceId, 'write', stage.spanId), name: method, kind: 'client' },
    ...within(stage, startMs, startMs + ms),
    attributes: attributesOf({
      ...{ 'accord.cluster': name, 'http.request.method': method, 'accord.write.result': result },
      ...{ 'k8s.namespace.name': parts.namespace, 'k8s.object.kind': parts.kind, 'k8s.object.name': parts.name },
      ...{ 'k8s.object.api_group': parts.group, 'error.type': failed ? result : undefined },
    }),
    ...{ events: [], links: [], ...(isOpen === true && { isOpen }) },
    ...(failed && { error: `${method} of ${renderKey(key)} on ${name}: ${result}; see: accord why ${policy} ${name}` }),
  };
}

function within(parent: TraceSpan, startMs: number, endMs: number): Pick<TraceSpan, 'startMs' | 'endMs'> {
  const inside = (ms: number): number => Math.min(parent.endMs, Math.max(parent.startMs, ms));
  return { startMs: inside(startMs), endMs: Math.max(inside(startMs), inside(endMs)) };
}
