import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { imageOf, isWithoutRegistry, withImage } from './spoke-image.ts';

const shipped = readFileSync(new URL('../../../../deploy/spoke/deployment.yaml', import.meta.url), 'utf8').trimEnd();

describe('the image of the spoke', () => {
  test('is that of the file, to the letter, where nobody names one', () => {
    expect(withImage(shipped, {})).toBe(shipped);
  });

  test('and the Secrets with which it is pulled stand in the Deployment, and nothing else changes', () => {
    const image = 'registry.example.net:5000/team/accord-spoke:1@sha256:'.concat('a'.repeat(64));
    const made = withImage(shipped, { image, pullSecrets: ['pull', 'second'] });
    expect(imageOf(made)).toBe(image);
    const [before, after] = [parse(shipped), parse(made)];
    before.spec.template.spec.containers[0].image = image;
    before.spec.template.spec.imagePullSecrets = [{ name: 'pull' }, { name: 'second' }];
    expect(after).toEqual(before);
    expect(made).toContain('# IPv4 and IPv6');
  });

  test.each(['', 'a b', 'x\ny', '-rm', 'img@sha256:12'])('%j is none', (image) => {
    expect(() => withImage(shipped, { image })).toThrow(expect.objectContaining({ code: 'invalid' }) as Error);
  });

  test.each([
    [imageOf(shipped), true],
    ['accord-spoke', true],
    ['registry.example.net/accord-spoke:1', false],
    ['team/accord-spoke', false],
  ])('%s without a registry: %s', (image, is) => {
    expect(isWithoutRegistry(image)).toBe(is);
  });
});
