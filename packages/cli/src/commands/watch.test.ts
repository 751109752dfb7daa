import { describe, expect, test } from 'vitest';
import { speak, type Script } from '../scripted-hub.ts';

describe('watch', () => {
  test('prints a line for each event and says when the stream ended', async () => {
    const stop = new AbortController();
    let streams = 0;
    const heal = { type: 'heal', cluster: 'eu-1', policy: 'pay', object: '/ConfigMap/pay/a\u0007', seenMs: 1, healedMs: 8.5 };
    const script: Script = {
      'GET /v1/events': (_request, response) => {
        streams += 1;
        if (streams === 2) return stop.abort();
        response
          .writeHead(200, { 'content-type': 'text/event-stream' })
          .end(`: beat\n\ndata: ${JSON.stringify(heal)}\n\ndata: {"type":"later"}\n\n`);
      },
    };
    const { code, out, err } = await speak(['watch'], script, { signal: stop.signal });
    expect(out).toMatch(/^\d\d:\d\d:\d\d\.\d{3} healed {4}ConfigMap pay\/a\\u0007 of pay on eu-1 in 7\.5 ms\n$/);
    expect({ code, err }).toEqual({
      code: 130,
      err: 'The hub ended the stream; what happened meanwhile shows in: accord status. Connecting again.\n',
    });
  });
});
