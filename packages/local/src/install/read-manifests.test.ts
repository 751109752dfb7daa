import { readFile } from 'node:fs/promises';
import { dumpYaml } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { manifestFile, readManifests } from './read-manifests.ts';

/** The library sends what its models know and is silent about the rest. */
test.each(['crds.yaml', 'rbac.yaml', 'admission-policies.yaml'])('every field of %s survives the models of the library', async (file) => {
  const written = parseAllDocuments(await readFile(manifestFile(file), 'utf8')).map((document) => document.toJS() as unknown);
  const sent = (await readManifests(file)).map((object) => parse(dumpYaml(object)) as unknown);
  expect(sent).toEqual(written);
});
