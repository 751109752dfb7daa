import { connectNatsBus } from '@accord/bus/nats/nats-bus';
import { isCoded } from '@accord/proto/coded-error';
import type { ConnectBus } from './spoke-deps.ts';

/** Dials the bus as this cluster, however long it takes. The token is read at each login, so a new one is used at once. */
export const connectSpokeBus: ConnectBus = ({ place, id, credential, onRefused, log }, signal) =>
  connectNatsBus({
    place,
    role: 'spoke',
    name: id,
    inboxPrefix: `_INBOX.${id}`,
    credential,
    onRefused,
    onError: (error) =>
      isCoded(error)
        ? log.error('the bus is not what it should be', { code: error.code, because: error.message, help: error.help })
        : log.warn('the bus complains', { error }),
    signal,
  });
