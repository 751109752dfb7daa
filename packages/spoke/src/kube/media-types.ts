/** Metadata instead of whole objects; some aggregated APIs know only the second choice. Source: Kubernetes API concepts, "Alternate representations of resources". */
export const acceptMeta = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json';
export const acceptMetaList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json';
export const acceptJson = 'application/json';

export const applyPatch = 'application/apply-patch+yaml';
export const mergePatchType = 'application/merge-patch+json';
export const jsonPatch = 'application/json-patch+json';
