export interface View {
  readonly name: string;
  readonly path: string;
  readonly heading: string;
  /** Texts that stand in it. */
  readonly shows: readonly (string | RegExp)[];
}

/** Every view of the console over the fleet of `console-fleet.ts`, with what must be read there. */
export const views: readonly View[] = [
  {
    name: 'fleet',
    path: '/',
    heading: 'Fleet',
    shows: ['Policies on clusters', 'Needs a person', /NetworkPolicy is not among the kinds/, 'prod-us-1'],
  },
  { name: 'policies', path: '/policies', heading: 'Policies', shows: ['walled', 'shop', '2 policies'] },
  { name: 'policy', path: '/policies/walled', heading: 'walled', shows: ['env=prod', /NetworkPolicy is not among the kinds/] },
  { name: 'policy-content', path: '/policies/shop?tab=content', heading: 'shop', shows: [/kind: ClusterPolicy/] },
  { name: 'policy-placement', path: '/policies/shop?tab=placement', heading: 'shop', shows: ['Goes to 2', 'env is dev, wanted prod'] },
  { name: 'policy-revisions', path: '/policies/shop?tab=revisions&revision=1', heading: 'shop', shows: ['shop@1'] },
  { name: 'policy-drift', path: '/policies/shop?tab=drift', heading: 'shop', shows: ['Nobody changed anything that policies hold.'] },
  { name: 'policy-edit', path: '/policies/shop/edit', heading: 'Edit shop', shows: ['What it would do', 'They say the same.'] },
  { name: 'changes', path: '/changes', heading: 'Changes', shows: ['walled@1', 'shop@1'] },
  {
    name: 'change',
    path: '/changes/walled%401',
    heading: 'walled@1',
    shows: [/NetworkPolicy is not among the kinds/, 'env is dev, wanted prod', 'folded'],
  },
  { name: 'change-on-cluster', path: '/changes/shop%401?on=prod-eu-1', heading: 'shop@1', shows: ['because its labels match', 'verified'] },
  { name: 'cluster', path: '/clusters/prod-eu-1', heading: 'prod-eu-1', shows: ['region', 'shop', /has what was published for it/] },
  { name: 'cluster-past', path: '/clusters/prod-eu-1?tab=at-a-time&at=0s', heading: 'prod-eu-1', shows: ['revision 1'] },
  { name: 'drift', path: '/drift', heading: 'Drift', shows: ['Nobody changed anything that policies hold.'] },
  {
    name: 'access',
    path: '/access?subject=team&namespace=shop',
    heading: 'Access',
    shows: ['Who may what', 'Group team', 'ClusterRole view', 'shop', 'admin', 'Nothing is held.'],
  },
  { name: 'audit', path: '/audit', heading: 'Audit', shows: ['shop@1'] },
];
