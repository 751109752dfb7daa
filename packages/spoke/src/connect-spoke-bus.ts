import { connectNatsBus } from '@accord/bus/nats/nats-bus';
import type { ConnectBus } from './spoke-deps.ts';

/** Dials the bus as this cluster, however long it takes. The token is read at each login, so a new one is used at once. */
export const connectSpokeBus: ConnectBus = ({ servers, id, credential, onRefused, log }, signal) =>
  connectNatsBus({
    servers,
    role: 'spoke',
    name: id,
    inboxPrefix: `_INBOX.${id}`,
    credential,
    onRefused,
    onError: (error) => log.warn('the bus complains', { error }),
    signal,
  });
