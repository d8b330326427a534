#!/usr/bin/env bash
# Keeps the layers as files and follows their changes, with bash, curl and sed only.
#
#   TRIPOINT_URL=http://127.0.0.1:3000 TRIPOINT_KEY=tp_… ./follow.sh copy          forever
#   … ./follow.sh copy --once                                                      one answer
#
# copy/<layer>.geojsonl  the layer as first read, one feature per line
# copy/changes.jsonl     changes since, one feed answer per line
# copy/cursor            where to continue
set -euo pipefail
folder=${1:-copy} mode=${2:-}
base=${TRIPOINT_URL:-http://127.0.0.1:3000}/v1
layers=${TRIPOINT_LAYERS:-borders segments crossings zones incidents alerts agencies}
wait=25
[ "$mode" = --once ] && wait=0

# Saves the answer to a file and prints the status.
ask() {
  curl -sS --retry 10 --retry-connrefused ${TRIPOINT_KEY:+-H "Authorization: Bearer $TRIPOINT_KEY"} -w '%{http_code}' -o "$1" "$2"
}
# The last cursor in the text: feature texts come before it.
cursor_in() { sed -n 's/.*"cursor":"\([^"]*\)".*/\1/p' "$1"; }
remember() { printf %s "$1" > "$folder/cursor.new" && mv "$folder/cursor.new" "$folder/cursor"; }

# The cursor is taken before the layers are read, so no change is missed.
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
      # add the line end that the answer lacks
      grep -q '^{"changes":\[\]' "$answer" || { cat "$answer"; echo; } | tee -a "$folder/changes.jsonl"
      remember "$(cursor_in "$answer")" ;;
    410) copy_all "$(cursor_in "$answer")" ;; # cursor-expired or cursor-lost: the problem has a cursor to go on from
    *) echo "answered $status" >&2; sleep 5 ;;
  esac
  if [ "$mode" = --once ]; then exit 0; fi
done
