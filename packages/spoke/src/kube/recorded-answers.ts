import type { HttpAnswer } from './transport.ts';

/** Refusals as kube-apiserver v1.36.3 sent them. A test provokes each of them again on a real server and compares. */
export const recordedAnswers = {
  'bad token': { status: 401, body: { kind: 'Status', reason: 'Unauthorized', message: 'Unauthorized' } },
  'no permission': {
    status: 403,
    body: {
      kind: 'Status',
      reason: 'Forbidden',
      message:
        'controllerrevisions.apps "a" is forbidden: User "system:serviceaccount:accord-system:accord-spoke" cannot patch resource "controllerrevisions" in API group "apps" in the namespace "team"',
      details: { name: 'a', group: 'apps', kind: 'controllerrevisions' },
    },
  },
  'no permission for a kind that is not served': {
    status: 403,
    body: {
      kind: 'Status',
      reason: 'Forbidden',
      message:
        'ghosts.example.com "a" is forbidden: User "system:serviceaccount:accord-system:accord-spoke" cannot patch resource "ghosts" in API group "example.com" at the cluster scope',
      details: { name: 'a', group: 'example.com', kind: 'ghosts' },
    },
  },
  'guard rail: held, not used': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message:
        "deployments.apps \"a\" is forbidden: ValidatingAdmissionPolicy 'accord-spoke-held-not-used' with binding 'accord-spoke-held-not-used' denied request: the spoke may not write deployments.apps itself: a ClusterRole labelled accord.dev/aggregate-to-manifests with verb accord-apply would allow it",
      details: {
        name: 'a',
        group: 'apps',
        kind: 'deployments',
        causes: [
          {
            message:
              "ValidatingAdmissionPolicy 'accord-spoke-held-not-used' with binding 'accord-spoke-held-not-used' denied request: the spoke may not write deployments.apps itself: a ClusterRole labelled accord.dev/aggregate-to-manifests with verb accord-apply would allow it",
          },
        ],
      },
    },
  },
  escalation: {
    status: 403,
    body: {
      kind: 'Status',
      reason: 'Forbidden',
      message:
        'roles.rbac.authorization.k8s.io "a" is forbidden: user "system:serviceaccount:accord-system:accord-spoke" (groups=["system:serviceaccounts" "system:serviceaccounts:accord-system" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}',
      details: { name: 'a', group: 'rbac.authorization.k8s.io', kind: 'roles' },
    },
  },
  quota: {
    status: 403,
    body: {
      kind: 'Status',
      reason: 'Forbidden',
      message:
        'limitranges "a" is forbidden: exceeded quota: q, requested: count/limitranges=1, used: count/limitranges=0, limited: count/limitranges=0',
      details: { name: 'a', kind: 'limitranges' },
    },
  },
  'namespace missing': {
    status: 404,
    body: {
      kind: 'Status',
      reason: 'NotFound',
      message: 'namespaces "nowhere" not found',
      details: { name: 'nowhere', kind: 'namespaces' },
    },
  },
  'role missing': {
    status: 404,
    body: {
      kind: 'Status',
      reason: 'NotFound',
      message: 'rolebindings.rbac.authorization.k8s.io "reader" not found',
      details: { name: 'reader', group: 'rbac.authorization.k8s.io', kind: 'rolebindings' },
    },
  },
  'cluster role missing': {
    status: 404,
    body: {
      kind: 'Status',
      reason: 'NotFound',
      message: 'clusterrolebindings.rbac.authorization.k8s.io "reader" not found',
      details: { name: 'reader', group: 'rbac.authorization.k8s.io', kind: 'clusterrolebindings' },
    },
  },
  'guard rail: no label': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message:
        "configmaps \"a\" is forbidden: ValidatingAdmissionPolicy 'accord-spoke-ownership' with binding 'accord-spoke-ownership' denied request: objects that the spoke creates must carry the ownership label",
      details: {
        name: 'a',
        kind: 'configmaps',
        causes: [
          {
            message:
              "ValidatingAdmissionPolicy 'accord-spoke-ownership' with binding 'accord-spoke-ownership' denied request: objects that the spoke creates must carry the ownership label",
          },
        ],
      },
    },
  },
  'not ours': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message:
        "configmaps \"theirs\" is forbidden: ValidatingAdmissionPolicy 'accord-spoke-ownership' with binding 'accord-spoke-ownership' denied request: this object is not ours; its owner can allow adoption with the annotation accord.dev/adoptable=true",
      details: {
        name: 'theirs',
        kind: 'configmaps',
        causes: [
          {
            message:
              "ValidatingAdmissionPolicy 'accord-spoke-ownership' with binding 'accord-spoke-ownership' denied request: this object is not ours; its owner can allow adoption with the annotation accord.dev/adoptable=true",
          },
        ],
      },
    },
  },
  adoptable: {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message:
        "configmaps \"adoptable\" is forbidden: ValidatingAdmissionPolicy 'accord-spoke-ownership' with binding 'accord-spoke-ownership' denied request: this object existed before: apply it with accord.dev/origin: Adopted",
      details: {
        name: 'adoptable',
        kind: 'configmaps',
        causes: [
          {
            message:
              "ValidatingAdmissionPolicy 'accord-spoke-ownership' with binding 'accord-spoke-ownership' denied request: this object existed before: apply it with accord.dev/origin: Adopted",
          },
        ],
      },
    },
  },
  'immutable data': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'ConfigMap "frozen" is invalid: data: Forbidden: field is immutable when `immutable` is set',
      details: {
        name: 'frozen',
        kind: 'ConfigMap',
        causes: [{ reason: 'FieldValueForbidden', message: 'Forbidden: field is immutable when `immutable` is set', field: 'data' }],
      },
    },
  },
  'immutable roleRef': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message:
        'RoleBinding.rbac.authorization.k8s.io "rb" is invalid: roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"ClusterRole","Name":"edit"}: cannot change roleRef',
      details: {
        name: 'rb',
        group: 'rbac.authorization.k8s.io',
        kind: 'RoleBinding',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"ClusterRole","Name":"edit"}: cannot change roleRef',
            field: 'roleRef',
          },
        ],
      },
    },
  },
  'immutable scopes': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'ResourceQuota "rq" is invalid: spec.scopes: Invalid value: ["NotTerminating"]: field is immutable',
      details: {
        name: 'rq',
        kind: 'ResourceQuota',
        causes: [{ reason: 'FieldValueInvalid', message: 'Invalid value: ["NotTerminating"]: field is immutable', field: 'spec.scopes' }],
      },
    },
  },
  'immutable value': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'PriorityClass.scheduling.k8s.io "pc" is invalid: value: Forbidden: may not be changed in an update.',
      details: {
        name: 'pc',
        group: 'scheduling.k8s.io',
        kind: 'PriorityClass',
        causes: [{ reason: 'FieldValueForbidden', message: 'Forbidden: may not be changed in an update.', field: 'value' }],
      },
    },
  },
  'immutable type': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'Secret "sec" is invalid: type: Invalid value: "example.com/x": field is immutable',
      details: {
        name: 'sec',
        kind: 'Secret',
        causes: [{ reason: 'FieldValueInvalid', message: 'Invalid value: "example.com/x": field is immutable', field: 'type' }],
      },
    },
  },
  'immutable selector': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'Deployment.apps "d" is invalid: spec.selector: Invalid value: {"matchLabels":{"a":"c"}}: field is immutable',
      details: {
        name: 'd',
        group: 'apps',
        kind: 'Deployment',
        causes: [
          { reason: 'FieldValueInvalid', message: 'Invalid value: {"matchLabels":{"a":"c"}}: field is immutable', field: 'spec.selector' },
        ],
      },
    },
  },
  'immutable parameters': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'StorageClass.storage.k8s.io "s" is invalid: parameters: Invalid value: {"a":"c"}: field is immutable',
      details: {
        name: 's',
        group: 'storage.k8s.io',
        kind: 'StorageClass',
        causes: [{ reason: 'FieldValueInvalid', message: 'Invalid value: {"a":"c"}: field is immutable', field: 'parameters' }],
      },
    },
  },
  'immutable handler': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'RuntimeClass.node.k8s.io "s" is invalid: handler: Invalid value: "c": field is immutable',
      details: {
        name: 's',
        group: 'node.k8s.io',
        kind: 'RuntimeClass',
        causes: [{ reason: 'FieldValueInvalid', message: 'Invalid value: "c": field is immutable', field: 'handler' }],
      },
    },
  },
  'immutable controller': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'IngressClass.networking.k8s.io "s" is invalid: spec.controller: Invalid value: "a.b/c": field is immutable',
      details: {
        name: 's',
        group: 'networking.k8s.io',
        kind: 'IngressClass',
        causes: [{ reason: 'FieldValueInvalid', message: 'Invalid value: "a.b/c": field is immutable', field: 'spec.controller' }],
      },
    },
  },
  'stale document': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'ClusterPolicy.accord.dev "f" is invalid: spec: Forbidden: stale write: (epoch, revision, step) must not go back',
      details: {
        name: 'f',
        group: 'accord.dev',
        kind: 'ClusterPolicy',
        causes: [
          { reason: 'FieldValueForbidden', message: 'Forbidden: stale write: (epoch, revision, step) must not go back', field: 'spec' },
        ],
      },
    },
  },
  'other validation': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'ResourceQuota "bad" is invalid: spec.hard[pods]: Invalid value: "-1": must be greater than or equal to 0',
      details: {
        name: 'bad',
        kind: 'ResourceQuota',
        causes: [
          { reason: 'FieldValueInvalid', message: 'Invalid value: "-1": must be greater than or equal to 0', field: 'spec.hard[pods]' },
        ],
      },
    },
  },
  'uid of another object': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'ConfigMap "frozen" is invalid: metadata.uid: Invalid value: "11111111-1111-1111-1111-111111111111": field is immutable',
      details: {
        name: 'frozen',
        kind: 'ConfigMap',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: "11111111-1111-1111-1111-111111111111": field is immutable',
            field: 'metadata.uid',
          },
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: "11111111-1111-1111-1111-111111111111": field is immutable',
            field: 'metadata.uid',
          },
        ],
      },
    },
  },
  'uid of no object': {
    status: 409,
    body: {
      kind: 'Status',
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "none": uid mismatch: the provided object specified uid 11111111-1111-1111-1111-111111111111, and no existing object was found',
      details: { name: 'none', kind: 'configmaps' },
    },
  },
  'old resourceVersion': {
    status: 409,
    body: {
      kind: 'Status',
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "frozen": the object has been modified; please apply your changes to the latest version and try again',
      details: { name: 'frozen', kind: 'configmaps' },
    },
  },
  'deletion of another uid': {
    status: 409,
    body: {
      kind: 'Status',
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on ConfigMap "frozen": the UID in the precondition (11111111-1111-1111-1111-111111111111) does not match the UID in record (75e8d87b-5034-46bd-94ca-c421891d903d). The object might have been deleted and then recreated',
      details: { name: 'frozen', kind: 'ConfigMap' },
    },
  },
  'deletion of another version': {
    status: 409,
    body: {
      kind: 'Status',
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on ConfigMap "frozen": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (285). The object might have been modified',
      details: { name: 'frozen', kind: 'ConfigMap' },
    },
  },
  'deletion of nothing': {
    status: 404,
    body: { kind: 'Status', reason: 'NotFound', message: 'configmaps "none" not found', details: { name: 'none', kind: 'configmaps' } },
  },
  'deletion of what is not ours': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message:
        "configmaps \"theirs\" is forbidden: ValidatingAdmissionPolicy 'accord-spoke-ownership' with binding 'accord-spoke-ownership' denied request: the spoke may delete only what it created (ownership label and accord.dev/origin: Created), or what its owner annotated accord.dev/deletable=true",
      details: {
        name: 'theirs',
        kind: 'configmaps',
        causes: [
          {
            message:
              "ValidatingAdmissionPolicy 'accord-spoke-ownership' with binding 'accord-spoke-ownership' denied request: the spoke may delete only what it created (ownership label and accord.dev/origin: Created), or what its owner annotated accord.dev/deletable=true",
          },
        ],
      },
    },
  },
  'deletion of a protected namespace': {
    status: 403,
    body: {
      kind: 'Status',
      reason: 'Forbidden',
      message: 'namespaces "kube-system" is forbidden: this namespace may not be deleted',
      details: { name: 'kube-system', kind: 'namespaces' },
    },
  },
  'field conflict': {
    status: 409,
    body: {
      kind: 'Status',
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "helm" using v1: .metadata.labels.accord.dev/policy',
      details: {
        causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "helm" using v1', field: '.metadata.labels.accord.dev/policy' }],
      },
    },
  },
  'unknown field': {
    status: 500,
    body: {
      kind: 'Status',
      message: 'failed to create typed patch object (/a; /v1, Kind=ConfigMap): .dataa: field not declared in schema',
    },
  },
  'wrong type': {
    status: 500,
    body: {
      kind: 'Status',
      message:
        'failed to create typed patch object (/a; /v1, Kind=ConfigMap): .data.a: expected string, got &value.valueUnstructured{Value:1}',
    },
  },
  'config map too long': {
    status: 422,
    body: {
      kind: 'Status',
      reason: 'Invalid',
      message: 'ConfigMap "a" is invalid: []: Too long: may not be more than 1048576 bytes',
      details: {
        name: 'a',
        kind: 'ConfigMap',
        causes: [{ reason: 'FieldValueTooLong', message: 'Too long: may not be more than 1048576 bytes', field: '[]' }],
      },
    },
  },
  'too large for etcd': { status: 500, body: { kind: 'Status', message: 'etcdserver: request is too large' } },
  'request too large': {
    status: 413,
    body: { kind: 'Status', reason: 'RequestEntityTooLarge', message: 'Request entity too large: limit is 3145728' },
  },
  'another name in the body': {
    status: 400,
    body: { kind: 'Status', reason: 'BadRequest', message: 'the name of the object (b) does not match the name on the URL (a)' },
  },
  'failed test of a JSON patch': {
    status: 422,
    body: { kind: 'Status', reason: 'Invalid', message: 'the server rejected our request due to an error in our request', details: {} },
  },
  'kind not served': { status: 404, body: '404 page not found\n' },
  'status of nothing': {
    status: 404,
    body: {
      kind: 'Status',
      reason: 'NotFound',
      message: 'clusterpolicies.accord.dev "none" not found',
      details: { name: 'none', group: 'accord.dev', kind: 'clusterpolicies' },
    },
  },
  'namespace terminating': {
    status: 403,
    body: {
      kind: 'Status',
      reason: 'Forbidden',
      message: 'configmaps "new" is forbidden: unable to create new content in namespace leaving because it is being terminated',
      details: {
        name: 'new',
        kind: 'configmaps',
        causes: [{ reason: 'NamespaceTerminating', message: 'namespace leaving is being terminated', field: 'metadata.namespace' }],
      },
    },
  },
} as const satisfies Readonly<Record<string, HttpAnswer>>;

export type RecordedAnswer = keyof typeof recordedAnswers;
