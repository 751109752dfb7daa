import { expect, test } from 'vitest';
import { capacityOf } from './capacity.ts';

const node = (ready: string, cpu: string, memory: string) => ({
  kind: 'Node',
  status: { allocatable: { cpu, memory, pods: '110' }, conditions: [{ type: 'Ready', status: ready }] },
});

test('capacity is what all nodes have to give, in whole cores and GiB', () => {
  expect(capacityOf([node('True', '3920m', '15Gi'), node('False', '4', '16273436Ki')])).toEqual({
    nodes: 2,
    nodesReady: 1,
    cpu: 7,
    memoryGi: 30,
    pods: 220,
  });
});

test('a cluster without nodes, or whose nodes say nothing, has nothing to give', () => {
  expect(capacityOf([])).toEqual({ nodes: 0, nodesReady: 0, cpu: 0, memoryGi: 0, pods: 0 });
  expect(capacityOf([{ kind: 'Node' }])).toMatchObject({ nodes: 1, nodesReady: 0, cpu: 0 });
});
