#!/usr/bin/env bash
# Puts a comment on a pull request, or replaces the one of an earlier commit.
#
#   comment.sh OWNER/REPOSITORY NUMBER COMMENT
#
# Needs the gh command, with a token that may write pull requests in GH_TOKEN.
#
# COMMENT_AUTHOR  who writes the comments (default: github-actions[bot])
set -euo pipefail

repository=${1:?Name the repository: comment.sh OWNER/REPOSITORY NUMBER COMMENT}
number=${2:?Name the pull request by its number}
comment=${3:?Name the file with the comment}
export COMMENT_AUTHOR=${COMMENT_AUTHOR:-github-actions[bot]}

# Anyone can write a comment with the marker; only our own may be replaced.
id=$(gh api --paginate "repos/$repository/issues/$number/comments" --jq '
  .[] | select(.user.login == env.COMMENT_AUTHOR)
      | select(.body | startswith("<!-- teleport-db-iam review -->")) | .id' | sed -n 1p)

if [ -n "$id" ]; then
  gh api --method PATCH "repos/$repository/issues/comments/$id" -F "body=@$comment" >/dev/null
else
  gh api --method POST "repos/$repository/issues/$number/comments" -F "body=@$comment" >/dev/null
fi
