import type { Bus } from '@accord/bus/bus';
import type { CredentialResponse, RenewRequest } from '@accord/proto/join-api';
import { CodedError } from '@accord/proto/coded-error';
import type { ClusterId } from '@accord/proto/ids';
import { renewSubject } from '@accord/proto/subjects';

/** A renewal over the bus. Rejects like `Bus.request`, and with `garbage`; whether the answer is right is for its signature to say. */
export async function askOverBus(bus: Bus, request: RenewRequest): Promise<CredentialResponse> {
  const body = new TextEncoder().encode(JSON.stringify(request));
  const answer = await bus.request(renewSubject(request.cluster as ClusterId), body, { timeoutMs: 5_000 });
  try {
    return JSON.parse(new TextDecoder().decode(answer)) as CredentialResponse;
  } catch (cause) {
    throw new CodedError('garbage', 'the answer to the renewal is no JSON', { cause });
  }
}
