#!/usr/bin/env bash
# Plans the Terraform root in the current folder and says what the plan does to IAM access.
#
#   review.sh COMMENT
#
# Writes the comment for the pull request to the file COMMENT. Exit status: 0 nothing is broadened,
# 1 something is, 2 the plan or the review could not be made; COMMENT is then not written.
#
# TELEPORT_DB_IAM  the command to review with (default: npx --no-install teleport-db-iam)
# SYNTH_CHECK      a command that fails where generated modules are out of date (default: none)
set -euo pipefail

comment=${1:?Name the file to write the comment to: review.sh comment.md}
: "${TELEPORT_DB_IAM:=npx --no-install teleport-db-iam}"
rm -f "$comment"

# A plan holds every value in clear text, sensitive ones too: nobody else reads it, and it goes away.
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Terraform's own exit status 1 must not look like a broadening.
must() {
  "$@" >&2 || {
    echo "review.sh: this failed: $*" >&2
    exit 2
  }
}

if [ -n "${SYNTH_CHECK:-}" ]; then must bash -c "$SYNTH_CHECK"; fi
must terraform init -input=false
must terraform validate
must terraform plan -input=false -out "$work/tfplan"
terraform show -json "$work/tfplan" >"$work/plan.json" || exit 2

status=0
# The command may be several words.
# shellcheck disable=SC2086
$TELEPORT_DB_IAM review --fail-on broadened "$work/plan.json" >"$work/review.md" || status=$?
if [ "$status" -gt 1 ]; then exit 2; fi

# The hidden first line is how comment.sh finds the comment of an earlier commit.
{
  printf '<!-- teleport-db-iam review -->\n\n'
  cat "$work/review.md"
} >"$work/comment.md"
cp "$work/comment.md" "$comment"
exit "$status"
