/**
 * What a spoke may do, once for all spokes: the server fills in name and tags of the token and takes nothing else from it.
 *
 * Every change of this text disconnects every spoke. It is the one place that separates clusters from each other.
 */
export const spokeScope = {
  kind: 'user_scope',
  role: 'spoke',
  description: 'cluster agents',
  template: {
    // 64 labels, 'all', the own branch, the tick and the inbox leave room for 28 sets.
    subs: 96,
    data: -1,
    payload: 262_144,
    allowed_connection_types: ['STANDARD', 'WEBSOCKET'],
    pub: {
      allow: [
        '$JS.API.DIRECT.GET.FLEET.desired.all.>',
        '$JS.API.DIRECT.GET.FLEET.desired.l.{{tag(l)}}.>',
        '$JS.API.DIRECT.GET.FLEET.desired.c.{{name()}}.>',
        '$JS.API.DIRECT.GET.FLEET.desired.r.{{tag(set)}}.>',
        '$JS.API.DIRECT.GET.FLEET.index.all',
        '$JS.API.DIRECT.GET.FLEET.index.l.{{tag(l)}}',
        '$JS.API.DIRECT.GET.FLEET.index.c.{{name()}}',
        '$JS.API.DIRECT.GET.FLEET.index.r.{{tag(set)}}',
        '$JS.API.DIRECT.GET.FLEET.index.r.{{tag(set)}}.*',
        // A closed list: with a wildcard one spoke could make a million subjects.
        'report.{{name()}}.summary',
        'report.{{name()}}.drift',
        'report.{{name()}}.inventory',
        'outcome.{{name()}}',
        'rpc.{{name()}}.renew',
        'beat.{{name()}}',
      ],
    },
    sub: {
      allow: [
        'live.desired.all.>',
        'live.desired.l.{{tag(l)}}.>',
        'live.desired.c.{{name()}}.>',
        'live.desired.r.{{tag(set)}}.>',
        'live.tick',
        '_INBOX.{{name()}}.>',
      ],
    },
  },
} as const;
