import type { FastifyInstance } from 'fastify';
import type { ResourceDeps } from '../kube/resources.ts';
export function registerV1(_app: FastifyInstance, _deps: ResourceDeps): void {}
