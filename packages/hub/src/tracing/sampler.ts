import type { TraceContext } from '@accord/core/history/trace-context';
import { ROOT_CONTEXT, SpanKind, trace, TraceFlags, type Context } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace';
import type { ExportConfig } from './tracing-config.ts';

export interface TraceSampler {
  /** Whether a trace that begins here is kept; it goes on in the flag of its traceparent. */
  readonly begins: (traceId: string) => boolean;
  /** Whether spans of this trace are kept: the same answer for each of them. */
  readonly keeps: (context: TraceContext) => boolean;
}

const anySpan = 'f'.repeat(16);

/** The samplers that OpenTelemetry names. */
export function samplerOf({ sampler, ratio }: Pick<ExportConfig, 'sampler' | 'ratio'>): TraceSampler {
  const isParentBased = sampler.startsWith('parentbased_');
  const root = rootOf(sampler.replace('parentbased_', ''), ratio);
  const chosen = isParentBased ? new ParentBasedSampler({ root }) : root;
  const asks = (context: Context, traceId: string): boolean =>
    chosen.shouldSample(context, traceId, '', SpanKind.INTERNAL, {}, []).decision === SamplingDecision.RECORD_AND_SAMPLED;
  return {
    begins: (traceId) => asks(ROOT_CONTEXT, traceId),
    keeps: ({ traceId, isSampled }) => {
      // Which span it is, no sampler asks; that it is one, they do.
      const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
      return asks(trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: anySpan, traceFlags, isRemote: true }), traceId);
    },
  };
}

function rootOf(name: string, ratio: number): Sampler {
  if (name === 'always_off') return new AlwaysOffSampler();
  return name === 'traceidratio' ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOnSampler();
}
