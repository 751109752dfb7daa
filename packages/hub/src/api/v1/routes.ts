import type { FastifyInstance } from 'fastify';
import type { ResourceDeps } from '../kube/resources.ts';
import { accessOperations } from './access.ts';
import { apiTokenOperations } from './api-tokens.ts';
import { auditOperations } from './audit.ts';
import { changeOperations } from './changes.ts';
import { changeTraceOperations } from './change-trace.ts';
import { clusterAtOperations } from './cluster-at.ts';
import { clusterListOperations } from './cluster-list.ts';
import { confirmationOperations } from './confirmations.ts';
import { driftOperations } from './drift.ts';
import { registerEvents } from './events.ts';
import { fleetOperations } from './fleet.ts';
import { registerHealth } from './health.ts';
import { holdOperations } from './holds.ts';
import { hubKeyOperations } from './hub-keys.ts';
import { joinOperations } from './join.ts';
import { joinApprovalOperations } from './join-approval.ts';
import { joinRuleOperations } from './join-rules.ts';
import { joinTokenOperations } from './join-tokens.ts';
import { leaveOperations } from './leave.ts';
import { registerMetrics } from './metrics.ts';
import { openApiOf } from './openapi.ts';
import { registerOperation } from './operation.ts';
import { policyListOperations } from './policy-list.ts';
import { previewOperations } from './preview.ts';
import { revisionOperations } from './revisions.ts';
import { revokeOperations } from './revoke.ts';
import { rotateKeyOperations } from './rotate-key.ts';
import { rowOperations } from './rows.ts';
import { seriesOperations } from './series.ts';
import { sessionOperations } from './session.ts';
import { usageOperations } from './usage.ts';
import { whoamiOperations } from './whoami.ts';

/** Everything that is not Kubernetes-shaped. */
export function registerV1(app: FastifyInstance, deps: ResourceDeps): void {
  const operations = [
    joinTokenOperations,
    joinRuleOperations,
    joinApprovalOperations,
    joinOperations,
    clusterListOperations,
    policyListOperations,
    rowOperations,
    usageOperations,
    accessOperations,
    previewOperations,
    changeOperations,
    changeTraceOperations,
    clusterAtOperations,
    revisionOperations,
    driftOperations,
    confirmationOperations,
    holdOperations,
    revokeOperations,
    rotateKeyOperations,
    hubKeyOperations,
    leaveOperations,
    fleetOperations,
    seriesOperations,
    auditOperations,
    apiTokenOperations,
    whoamiOperations,
    sessionOperations,
  ].flatMap((operationsOf) => operationsOf(deps));
  for (const operation of operations) registerOperation(app, operation);
  registerEvents(app, deps);
  registerMetrics(app, deps);
  registerHealth(app, deps);
  const document = openApiOf(operations);
  app.get('/openapi.json', { config: { role: 'public' } }, () => document);
}
