import { describe, expect, test } from 'vitest';
import { childEnvironment, localConfig } from './config.ts';

describe('localConfig', () => {
  test('explicit directories win over XDG, and XDG over the home directory', () => {
    expect(localConfig({ HOME: '/u' })).toMatchObject({ home: '/u/.local/state/accord', cacheDir: '/u/.cache/accord' });
    expect(localConfig({ HOME: '/u', XDG_STATE_HOME: '/s', XDG_CACHE_HOME: '/c' })).toMatchObject({
      home: '/s/accord',
      cacheDir: '/c/accord',
    });
    expect(localConfig({ HOME: '/u', XDG_STATE_HOME: '/s', ACCORD_HOME: '/a', ACCORD_CACHE: '/b' })).toMatchObject({
      home: '/a',
      cacheDir: '/b',
    });
  });

  test('an empty variable counts as unset', () => {
    expect(localConfig({ HOME: '/u', ACCORD_HOME: '', ACCORD_BIN_DIR: '' })).toMatchObject({
      home: '/u/.local/state/accord',
      programDirs: [],
    });
  });

  test('ACCORD_BIN_DIR comes before KUBEBUILDER_ASSETS, and may list several directories', () => {
    expect(localConfig({ ACCORD_BIN_DIR: '/x:/y', KUBEBUILDER_ASSETS: '/z' }).programDirs).toEqual(['/x', '/y', '/z']);
  });
});

describe('childEnvironment', () => {
  test('passes neither npm settings, nor proxies, nor tokens on', () => {
    const env = childEnvironment({ PATH: '/bin', npm_config_x: '1', HTTPS_PROXY: 'http://p', ACCORD_TOKEN: 't' }, { GOGC: '75' });
    expect(env).toEqual({ PATH: '/bin', GOGC: '75' });
  });
});
