import { streams, type Stream } from '@accord/proto/subjects';
import type { Link } from './link.ts';

export interface StreamSize {
  readonly stream: Stream;
  readonly messages: number;
  readonly bytes: number;
  /** Undefined without a bound. */
  readonly bytesMax: number | undefined;
  readonly lastSeq: number;
}

interface Listed {
  readonly config: { readonly name: string; readonly max_bytes: number };
  readonly state: { readonly messages: number; readonly bytes: number; readonly last_seq: number };
}

/** What the server says of the streams of a hub, in one request. Rejects with `unavailable` or `timeout`. */
export async function readStreamSizes({ link }: { readonly link: Link }): Promise<readonly StreamSize[]> {
  const { streams: listed } = await link.api<{ readonly streams: readonly Listed[] | null }>('STREAM.LIST', {}, 'sizes of the streams');
  return streams.flatMap((stream) => {
    const found = listed?.find(({ config }) => config.name === stream);
    if (found === undefined) return [];
    const { messages, bytes, last_seq: lastSeq } = found.state;
    const { max_bytes: max } = found.config;
    return [{ stream, messages, bytes, bytesMax: max > 0 ? max : undefined, lastSeq }];
  });
}
