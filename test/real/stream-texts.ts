import { join } from 'node:path';
import { connectNatsBus } from '@accord/bus/nats/nats-bus';
import { HubCredentials } from '@accord/hub/identity/hub-credentials';
import { openKeyRing } from '@accord/hub/identity/key-ring';
import { envelopeCodec, signedCodec } from '@accord/proto/messages';
import { inflate } from '@accord/proto/seal';
import type { Stream } from '@accord/proto/subjects';
import { systemClock } from '@accord/runtime/clock';
import { ListLog } from '@accord/runtime/log';
import { busOfHub } from '../bus-of-hub.ts';

/** Everything that is stored in a stream, unpacked, as one text: what a hub could read there. */
export async function streamText(hubDataDir: string, stream: Stream): Promise<string> {
  const stop = new AbortController();
  const keys = openKeyRing(join(hubDataDir, 'keys'), { mayCreate: false });
  const bus = await connectNatsBus({
    ...{ place: () => busOfHub(hubDataDir), role: 'hub', name: 'stream-texts', inboxPrefix: '_INBOX' },
    credential: new HubCredentials({ keys, role: 'hub', clock: systemClock, log: new ListLog() }).current,
    onError: () => undefined,
    signal: stop.signal,
  });
  const texts: string[] = [];
  for await (const stored of bus.follow({ stream, filters: [], afterSeq: 0 }, stop.signal)) {
    if (stored === 'caught-up') break;
    texts.push(stored.subject, textOf(stream, stored.body));
  }
  stop.abort();
  await bus.close();
  return texts.join('\n');
}

function textOf(stream: Stream, bytes: Uint8Array): string {
  const isReport = stream === 'REPORTS' || stream === 'OUTCOMES';
  const { body, zstd } = isReport ? signedCodec.decode(bytes) : envelopeCodec.decode(bytes);
  return Buffer.concat([bytes, zstd ? inflate(body) : body]).toString('latin1');
}
