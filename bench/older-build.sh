#!/usr/bin/env bash
# Builds the program of another commit, beside what is checked out, and prints where its file is: for OlderBuildIT, which runs two
# builds on one database.
set -euo pipefail

[ $# = 1 ] || {
  echo "usage: bench/older-build.sh COMMIT" >&2
  exit 2
}
root=$(cd "$(dirname "$0")/.." && pwd)
commit=$(git -C "$root" rev-parse --short "$1^{commit}")
kept=$root/target/older/tldr-$commit.jar
if [ ! -f "$kept" ]; then
  work=$(mktemp -d)
  trap 'git -C "$root" worktree remove --force "$work/tree" 2>/dev/null; rm -rf "$work"' EXIT
  git -C "$root" worktree add --quiet --detach "$work/tree" "$commit" >&2
  mvn -B -q -f "$work/tree/pom.xml" -pl api -am -Dmaven.test.skip=true -Dspotless.check.skip=true package >&2
  mkdir -p "$(dirname "$kept")"
  mv "$work"/tree/api/target/tldr-api-*.jar "$kept"
fi
echo "$kept"
