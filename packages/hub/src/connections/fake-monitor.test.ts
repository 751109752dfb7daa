import { describe } from 'vitest';
import { FakeMonitor } from './fake-monitor.ts';
import { describeMonitor } from './monitor-contract.ts';

describe('FakeMonitor', () => {
  describeMonitor(async () => {
    const monitor = new FakeMonitor();
    return {
      monitor,
      keys: ['U1', 'U2'],
      connect: async (key) => {
        const connection = monitor.connect(key);
        return { send: async (messages) => monitor.send(connection.cid, messages), close: async () => monitor.disconnect(connection) };
      },
      knock: async () => {
        monitor.refuse('U3');
        return 'U3';
      },
    };
  });
});
