#!/bin/sh
# Makes the recordings of the demo gateway again: mono, 8 kHz, 8-bit mu-law WAV, which every telephone codec table reads.
# Needed only when a text changes. Debian packages: espeak-ng sox.
set -eu
cd "$(dirname "$0")"
spoken=$(mktemp --suffix .wav)
trap 'rm -f "$spoken"' EXIT

# say NAME SPEED TEXT
say() {
  espeak-ng -v en-us+f2 -s "$2" -p 48 -g 2 -w "$spoken" "$3"
  # Telephone band, silence at both ends cut off, equal loudness, no clicks.
  sox -q "$spoken" -r 8000 -c 1 -b 8 -e mu-law "$1.wav" \
    highpass 120 lowpass 3500 silence 1 0.01 0.4% reverse silence 1 0.01 0.4% fade t 0.03 reverse fade t 0.01 \
    norm -6 pad 0.02 0.06 rate -h 8000 dither
}

say digit-0 150 'zero'
say digit-1 150 'one'
say digit-2 150 'two'
say digit-3 150 'three'
say digit-4 150 'four'
say digit-5 150 'five'
say digit-6 150 'six'
say digit-7 150 'seven'
say digit-8 150 'eight'
say digit-9 150 'nine'
say digit-star 150 'star'
say digit-pound 150 'pound'
say digit-a 150 'ay'
say digit-b 150 'bee'
say digit-c 150 'see'
say digit-d 150 'dee'

say menu-welcome 150 'Welcome to Dialbridge. Press some keys, and I will say what I hear. Press pound to hear them all again.'
say menu-you-pressed 150 'You pressed'
say menu-goodbye 150 'Thank you for calling. Goodbye.'
say please-hold 150 'Please hold. Your call is being connected.'
say not-available 150 'The person you called is not available at the moment. Please try again later.'
