import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Prints an ExecCredential (client.authentication.k8s.io/v1) for the cluster that kubectl names, and keeps what kubectl said. */
const plugin = `
const { readFileSync, writeFileSync } = require('node:fs');
const said = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
const { clusterName } = said.spec.cluster.config;
writeFileSync(__dirname + '/' + clusterName + '.asked.json', JSON.stringify({ ...said, argv: process.argv.slice(2) }));
const token = readFileSync(__dirname + '/' + clusterName + '.token', 'utf8');
process.stdout.write(JSON.stringify({ apiVersion: said.apiVersion, kind: 'ExecCredential', status: { token } }));
`;

/** Makes the plugin with a token for each cluster, and returns its path. */
export function makeLoginPlugin(dir: string, tokens: Readonly<Record<string, string>>): string {
  mkdirSync(dir, { recursive: true });
  for (const [cluster, token] of Object.entries(tokens)) writeFileSync(join(dir, `${cluster}.token`), token);
  const path = join(dir, 'login');
  writeFileSync(path, `#!${process.execPath}\n${plugin}`);
  chmodSync(path, 0o755);
  return path;
}
