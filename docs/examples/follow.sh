#!/usr/bin/env bash
# Keeps the layers as files and follows what changes in them: bash, curl and sed, nothing else.
#
#   TRIPOINT_URL=http://127.0.0.1:3000 TRIPOINT_KEY=tp_… ./follow.sh copy          for ever
#   … ./follow.sh copy --once                                                      one answer
#
# copy/<layer>.geojsonl  each layer when it was read whole, a feature on a line
# copy/changes.jsonl     what came since, an answer of the feed on a line
# copy/cursor            where to go on
set -euo pipefail
folder=${1:-copy} mode=${2:-}
base=${TRIPOINT_URL:-http://127.0.0.1:3000}/v1
layers=${TRIPOINT_LAYERS:-borders segments crossings zones incidents alerts agencies}
wait=25
[ "$mode" = --once ] && wait=0

# What is answered becomes a file, and the status is printed.
ask() {
  curl -sS --retry 10 --retry-connrefused ${TRIPOINT_KEY:+-H "Authorization: Bearer $TRIPOINT_KEY"} -w '%{http_code}' -o "$1" "$2"
}
# The last one: texts of features come before it.
cursor_in() { sed -n 's/.*"cursor":"\([^"]*\)".*/\1/p' "$1"; }
remember() { printf %s "$1" > "$folder/cursor.new" && mv "$folder/cursor.new" "$folder/cursor"; }

# With a cursor from before the layers are read, so that nothing is missed between.
copy_all() {
  for layer in $layers; do
    status=$(ask "$folder/$layer.new" "$base/collections/$layer/items?f=geojsonseq")
    [ "$status" = 200 ] || { cat "$folder/$layer.new" >&2; exit 1; }
    # a text sequence (RFC 8142) begins each feature with a record separator
    tr -d '\036' < "$folder/$layer.new" > "$folder/$layer.lines"
    mv "$folder/$layer.lines" "$folder/$layer.geojsonl"
    rm "$folder/$layer.new"
  done
  : > "$folder/changes.jsonl"
  remember "$1"
}

mkdir -p "$folder"
answer=$folder/answer.json
if [ ! -s "$folder/cursor" ]; then
  ask "$answer" "$base/changes" > /dev/null
  copy_all "$(cursor_in "$answer")"
fi

while true; do
  status=$(ask "$answer" "$base/changes?limit=1000&include=feature&wait=$wait&after=$(cat "$folder/cursor")") || status=000
  case $status in
    200)
      # with the end of a line, which the answer does not have
      grep -q '^{"changes":\[\]' "$answer" || { cat "$answer"; echo; } | tee -a "$folder/changes.jsonl"
      remember "$(cursor_in "$answer")" ;;
    410) copy_all "$(cursor_in "$answer")" ;; # away for too long: the problem holds a cursor to go on from
    *) echo "answered $status" >&2; sleep 5 ;;
  esac
  if [ "$mode" = --once ]; then exit 0; fi
done
