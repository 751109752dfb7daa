/** Every field of a log line, beside level, time, name, pid and msg. None of them holds a manifest, a body or a credential. */
export const logFields = [
  // What it is about.
  ...([
    'cluster',
    'account',
    'id',
    'name',
    'policy',
    'change',
    'namespace',
    'kind',
    'resource',
    'anchor',
    'subject',
    'doc',
    'documents',
    'loop',
    'alarm',
  ] as const),
  // What came of it.
  ...(['code', 'error', 'because', 'help', 'status', 'phase', 'how', 'count', 'durationMs', 'retryMs', 'quarantineMs'] as const),
  // Which trace it belongs to, and where traces go.
  ...(['traceId', 'spanId', 'collector'] as const),
  // Where it is in a stream or in time.
  ...(['seq', 'epoch', 'from', 'version', 'iat', 'keys'] as const),
  // Who and where.
  ...(['url', 'natsUrl', 'servers', 'natsPid', 'address', 'listen', 'port', 'method', 'route', 'role', 'holder'] as const),
  // Public keys and fingerprints.
  ...(['key', 'keyID', 'hubKey', 'fingerprint'] as const),
] as const;
export type LogField = (typeof logFields)[number];
