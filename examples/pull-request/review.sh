#!/usr/bin/env bash
# Plans Terraform roots and reviews the changes of IAM access.
#
#   review.sh COMMENT ROOT...
#
# Writes the text of the pull request's comment to the file COMMENT, with a part for each root folder.
# Exit status: 0 success, 1 access is broadened or unknown, 2 a plan or a review failed. The comment
# names the root.
#
# TELEPORT_DB_IAM  the command to review with (default: npx --no-install teleport-db-iam)
# SYNTH_CHECK      a command that fails if generated modules are out of date (default: none)
set -euo pipefail

comment=$(realpath --canonicalize-missing "${1:?Name the file to write the comment to: review.sh comment.md infra}")
shift
: "${1:?Name the folders of the roots: review.sh comment.md infra}"
: "${TELEPORT_DB_IAM:=npx --no-install teleport-db-iam}"

# A plan contains every value in clear text, also sensitive ones. Only this user can read it, and it is
# deleted at the end.
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Replaces Terraform's exit status 1, which means a finding here.
must() {
  "$@" >&2 || {
    echo "review.sh: this failed: $*" >&2
    exit 2
  }
}

# The review of the root in the current folder. It runs in a shell of its own.
review_root() {
  if [ -n "${SYNTH_CHECK:-}" ]; then must bash -c "$SYNTH_CHECK"; fi
  must terraform init -input=false
  must terraform validate
  must terraform plan -input=false -out "$work/tfplan"
  terraform show -json "$work/tfplan" >"$work/plan.json" || exit 2
  # The command can have several words.
  # shellcheck disable=SC2086
  $TELEPORT_DB_IAM review --fail-on broadened,unknown "$work/plan.json"
}

worst=0
: >"$work/comment.md"
for root in "$@"; do
  status=0
  (cd "$root" || exit 2; review_root) >"$work/review.md" || status=$?
  if [ "$status" -gt 1 ]; then
    printf '### IAM review: failed\n\nThere is no review of this commit: its plan or the review of it failed. The log says why.\n' \
      >"$work/review.md"
    status=2
  fi
  if [ "$status" -gt "$worst" ]; then worst=$status; fi
  if [ $# -gt 1 ]; then printf '## Root `%s`\n\n' "$root" >>"$work/comment.md"; fi
  cat "$work/review.md" >>"$work/comment.md"
  echo >>"$work/comment.md"
done
cp "$work/comment.md" "$comment"
exit "$worst"
