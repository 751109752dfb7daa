#!/bin/sh
# Prints where a service is up, and the next place as soon as that cluster is gone.
#
#   failover.sh shop --kubeconfig my-cluster
#
# It asks the cluster that it runs in and nobody else: no hub, no other cluster, and it holds no credential for one.
# The first name in the alphabet that is ready wins, so that all who ask agree.
endpoint=${1:?usage: failover.sh ENDPOINT [arguments for kubectl]}
shift
columns="EVENT:.type,NAME:.object.metadata.name,READY:.object.status.ready,URL:.object.spec.endpoints[?(@.name==\"$endpoint\")].url"
places=$(mktemp) && trap 'rm -f "$places"' EXIT
current=
kubectl get clusters.accord.dev --watch --output-watch-events --no-headers --output "custom-columns=$columns" "$@" |
  while read -r event name ready url; do
    grep -v "^$name " "$places" >"$places.new"
    [ "$event" != DELETED ] && [ "$ready" = True ] && [ "$url" != '<none>' ] && echo "$name $url" >>"$places.new"
    mv "$places.new" "$places"
    next=$(sort "$places" | head -n 1)
    [ "$next" = "$current" ] || echo "${next:-nowhere}"
    current=$next
  done
