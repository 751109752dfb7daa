export interface Place {
  readonly name: string;
  readonly to: string;
  /** Pressed after `g`. */
  readonly letter: string;
  /** Whether the address is one of this place. */
  readonly holds: RegExp;
  /** Shown to nobody else. */
  readonly role?: 'admin';
}

export const places: readonly Place[] = [
  { name: 'Fleet', to: '/', letter: 'f', holds: /^\/(clusters\/.*)?$/ },
  { name: 'Policies', to: '/policies', letter: 'p', holds: /^\/policies/ },
  { name: 'Changes', to: '/changes', letter: 'c', holds: /^\/changes/ },
  { name: 'Drift', to: '/drift', letter: 'd', holds: /^\/drift/ },
  { name: 'Access', to: '/access', letter: 'a', holds: /^\/access/ },
  { name: 'Audit', to: '/audit', letter: 'u', holds: /^\/audit/, role: 'admin' },
];
