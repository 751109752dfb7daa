/** A collector for tests: a real OTLP/HTTP receiver that keeps what it was sent. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OtlpSpan, OtlpTraces } from '@accord/core/history/otlp-json';

export class ExampleCollector {
  readonly spans: OtlpSpan[] = [];
  readonly requests: { readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: OtlpTraces }[] = [];
  /** What it answers; 200 takes the spans. */
  status = 200;
  refused = 0;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (this.status === 200) this.#take(request, Buffer.concat(chunks).toString());
        else this.refused += 1;
        response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}');
      });
    });
  }

  static async start(port = 0): Promise<ExampleCollector> {
    const collector = new ExampleCollector();
    await new Promise<void>((resolve) => collector.#server.listen(port, '127.0.0.1', resolve));
    return collector;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take({ url = '', headers }: IncomingMessage, text: string): void {
    const body = JSON.parse(text) as OtlpTraces;
    this.requests.push({ path: url, headers, body });
    for (const { scopeSpans } of body.resourceSpans) for (const { spans } of scopeSpans) this.spans.push(...spans);
  }
}
