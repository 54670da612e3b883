#!/bin/sh
# Makes a Temporal server ready for TL;DR: namespace, retention, search attributes, schedules. May be run again at any time: what is
# there is left, or brought to what is wanted. Needs the "temporal" command; TEMPORAL_ADDRESS (127.0.0.1:7233) and TEMPORAL_NAMESPACE
# (default) say where, RETENTION (30d) how long ended workflows can be looked at.
set -eu

address=${TEMPORAL_ADDRESS:-127.0.0.1:7233}
namespace=${TEMPORAL_NAMESPACE:-default}
retention=${RETENTION:-30d}
temporal=${TEMPORAL_CLI:-temporal}

ask() { "$temporal" --address "$address" "$@"; }
say() { printf '%s\n' "$*"; }

tries=0
until ask operator cluster health >/dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -ge "${TRIES:-60}" ]; then
    say "Temporal at $address does not answer." >&2
    exit 1
  fi
  sleep 1
done

if ask operator namespace describe --namespace "$namespace" >/dev/null 2>&1; then
  ask operator namespace update --namespace "$namespace" --retention "$retention" >/dev/null
  say "namespace $namespace: there, keeps ended workflows for $retention"
else
  ask operator namespace create --namespace "$namespace" --retention "$retention" \
    --description "TL;DR Highlight API" >/dev/null
  say "namespace $namespace: made, keeps ended workflows for $retention"
  # The servers' caches learn of a new one within some seconds.
  until ask operator search-attribute list --namespace "$namespace" >/dev/null 2>&1; do sleep 1; done
fi

known=$(ask operator search-attribute list --namespace "$namespace")
attribute() {
  if printf '%s\n' "$known" | grep -Eq "^ *$1 +$2 *$"; then
    say "search attribute $1: there"
  else
    ask operator search-attribute create --namespace "$namespace" --name "$1" --type "$2" >/dev/null
    say "search attribute $1: made"
  fi
}
attribute OrganizationId Keyword
attribute StreamStatus Keyword
attribute Platform Keyword
attribute IsLive Bool
attribute HighlightCount Int

# The program's own clocks are rows of the database, not schedules: whichever process is there takes the next one. A schedule that
# an earlier version left would start what no worker knows.
for schedule in $(ask schedule list --namespace "$namespace" 2>/dev/null | awk '$1 ~ /^tldr-/ {print $1}'); do
  ask schedule delete --namespace "$namespace" --schedule-id "$schedule" >/dev/null
  say "schedule $schedule: removed"
done
say "Temporal is ready."
