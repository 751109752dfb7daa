import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServingCertificate } from '@accord/hub/identity/self-signed';
import type { JsonObject } from '@accord/proto/canonical';

const noAnswer = (): void => undefined;

/** A validating webhook that allows everything, one after the other: what it is asked about takes that long, however much is asked at once. */
export class SlowAdmission {
  readonly #server: Server;
  readonly #certificate: string;

  private constructor(server: Server, certificate: string) {
    this.#server = server;
    this.#certificate = certificate;
  }

  static async start(eachMs: number): Promise<SlowAdmission> {
    const { key, cert } = await createServingCertificate(Date.now());
    let turn = Promise.resolve();
    const review = async (request: IncomingMessage): Promise<string> => {
      const { request: asked } = (await json(request)) as { readonly request: { readonly uid: string } };
      turn = turn.then(() => sleep(eachMs));
      await turn;
      return JSON.stringify({
        ...{ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' },
        response: { uid: asked.uid, allowed: true },
      });
    };
    const server = createServer({ key, cert }, (request, response) => {
      // Without an answer the API server refuses the write, which the test would see.
      review(request).then((answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(answer), noAnswer);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new SlowAdmission(server, cert);
  }

  /** What registers it for the ConfigMaps of one namespace. */
  registration(namespace: string): JsonObject {
    const { port } = this.#server.address() as AddressInfo;
    const url = `https://127.0.0.1:${port}/`;
    const webhook: JsonObject = {
      ...{ name: 'slow.example.com', admissionReviewVersions: ['v1'], sideEffects: 'None', timeoutSeconds: 30, failurePolicy: 'Fail' },
      clientConfig: { url, caBundle: Buffer.from(this.#certificate).toString('base64') },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE', 'UPDATE'], scope: 'Namespaced' }],
    };
    return {
      ...{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'slow' } },
      webhooks: [webhook],
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
