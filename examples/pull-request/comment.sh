#!/usr/bin/env bash
# Puts the review of a commit on its pull request, in place of the review of an earlier commit.
#
#   comment.sh OWNER/REPOSITORY NUMBER COMMIT COMMENT
#
# COMMENT is the file that review.sh wrote. If there is none, the plan failed before the review, and the
# comment says so. Needs jq and the gh command, with a token that may write pull requests in GH_TOKEN.
#
# COMMENT_AUTHOR  who writes the comments (default: github-actions[bot])
# LOG             address of the run, for the reader (default: none)
set -euo pipefail

repository=${1:?Name the repository: comment.sh OWNER/REPOSITORY NUMBER COMMIT COMMENT}
number=${2:?Name the pull request by its number}
commit=${3:?Name the commit that was planned}
comment=${4:?Name the file with the comment}
export COMMENT_AUTHOR=${COMMENT_AUTHOR:-github-actions[bot]}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -L "$comment" ] || [ ! -f "$comment" ]; then
  comment=$work/failed.md
  printf '### IAM review: failed\n\nThere is no review of this commit: the run ended before it. Its log says why.\n' >"$comment"
fi

{
  # The hidden first line is how the comment of an earlier commit is found.
  printf '<!-- teleport-db-iam review -->\n\nPlan of commit `%s`%s\n\n' "$commit" "${LOG:+ ([log]($LOG))}"
  # GitHub takes 65,536 characters. A longer text ends with a whole line, and says what is missing.
  jq --raw-input --raw-output --slurp '
    split("\n") as $lines
    | reduce $lines[] as $line ({ kept: [], size: 0 };
        .size += ($line | length) + 1 | if .size <= 60000 then .kept += [$line] else . end)
    | (.kept | length) as $count | ($lines | length) as $all
    | .kept | join("\n")
    | if $count == $all then . else . + "\n\n**\($all - $count) of \($all) lines are missing here**: a comment has no room for them." end
  ' "$comment"
} >"$work/body.md"

# Anyone can write a comment with the marker; only our own may be replaced.
id=$(gh api --paginate "repos/$repository/issues/$number/comments" --jq '
  .[] | select(.user.login == env.COMMENT_AUTHOR)
      | select(.body | startswith("<!-- teleport-db-iam review -->")) | .id' | sed -n 1p)

if [ -n "$id" ]; then
  gh api --method PATCH "repos/$repository/issues/comments/$id" -F "body=@$work/body.md" >/dev/null
else
  gh api --method POST "repos/$repository/issues/$number/comments" -F "body=@$work/body.md" >/dev/null
fi
