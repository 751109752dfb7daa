import { readdirSync, readFileSync } from 'node:fs';
import { countedElsewhere, counter, gauge, histogram, read, type Reading } from '../metrics/metric.ts';

/** Under the names that the client libraries of Prometheus give them. */
export const processMetrics = {
  cpuSeconds: countedElsewhere(counter('process_cpu_seconds_total', 'CPU time of the process, user and system.')),
  residentBytes: gauge('process_resident_memory_bytes', 'Memory of the process.'),
  startSeconds: gauge('process_start_time_seconds', 'When the process was started, in seconds since 1970.'),
  openFiles: gauge('process_open_fds', 'Open file descriptors; on Linux.'),
  openFilesMax: gauge('process_max_fds', 'File descriptors that may be open; on Linux.'),
  heapBytes: gauge('nodejs_heap_size_used_bytes', 'Heap in use.'),
  heapSizeBytes: gauge('nodejs_heap_size_total_bytes', 'Size of the heap.'),
  externalBytes: gauge('nodejs_external_memory_bytes', 'Memory of buffers and of what belongs to objects of the heap.'),
  version: gauge('nodejs_version_info', 'Version of Node.', { version: 'one, that of the process' }),
  loopDelay: histogram(
    'accord_event_loop_delay_seconds',
    'How late the process wakes up, sampled ten times a second at the hub and once at a spoke.',
    {
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    },
  ),
} as const;

export function readProcess(): readonly Reading[] {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  return [
    read(processMetrics.cpuSeconds, (user + system) / 1e6),
    read(processMetrics.residentBytes, rss),
    read(processMetrics.startSeconds, performance.timeOrigin / 1000),
    read(processMetrics.heapBytes, heapUsed),
    read(processMetrics.heapSizeBytes, heapTotal),
    read(processMetrics.externalBytes, external),
    read(processMetrics.version, 1, { version: process.version }),
    ...readFiles(),
  ];
}

/** Nothing where there is no /proc. */
function readFiles(): readonly Reading[] {
  try {
    const open = readdirSync('/proc/self/fd').length;
    const [, max = 'unlimited'] = /^Max open files\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return [read(processMetrics.openFiles, open), ...(max === 'unlimited' ? [] : [read(processMetrics.openFilesMax, Number(max))])];
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause;
    return [];
  }
}
