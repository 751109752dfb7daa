import { describeKubeContract } from '@accord/spoke/kube/kube-contract';
import { startKubeWorld } from './kube-world.ts';

describeKubeContract('a real API server', startKubeWorld);
