#!/usr/bin/env bash
# Packs videos as other encoders do, for the fitting: NAME.ENCODING.EXT of each in a folder.
# Usage: FFMPEG=ffmpeg fit/encodings.sh FOLDER VIDEO…
set -euo pipefail

folder=$1
shift
mkdir -p "$folder"

pack() {
  "${FFMPEG:-ffmpeg}" -nostdin -v error -y -i "$video" "${@:2}" "$folder/$name.$1"
}

for video in "$@"; do
  name=$(basename "${video%.*}")
  # A broadcast: 60 frames a second, the same bytes in each, a keyframe every two seconds.
  pack broadcast.mp4 -r 60 -c:v libx264 -preset superfast -b:v 1500k -maxrate 1500k -bufsize 3M -g 120 -keyint_min 120 \
    -sc_threshold 0 -c:a aac -b:a 160k
  # A converter: every second frame a copy, a keyframe each second, no frames that look ahead; poor sound.
  pack doubled.mkv -r 60 -c:v libx264 -preset veryfast -crf 23 -g 60 -bf 0 -c:a libmp3lame -ac 1 -ar 22050
  # A quick encoder on a larger picture: few keyframes, none at cuts.
  pack quick.mp4 -vf scale=1280:720 -c:v libx264 -preset ultrafast -crf 30 -g 250 -c:a aac -b:a 64k
  # A transport stream of constant rate.
  pack constant.ts -c:v libx264 -preset veryfast -b:v 800k -maxrate 800k -bufsize 800k -g 70 -c:a aac
  # What platforms hand out.
  pack vp9.webm -r 30 -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 700k -row-mt 1 -c:a libopus -b:a 96k
done
