/** Namespaces in which no policy may have anything. The admission policies of the spoke refuse them once more. */
export const protectedNamespaces: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease', 'accord-system'];
