#!/bin/sh
# Writes docs/accuracy.md. Needs Python with mpmath, and a machine with AVX-512.
#	sh docs/accuracy.sh [arguments a function]
set -e
cd "$(dirname "$0")/.."
dense=$(mktemp)
trap 'rm -f "$dense"' EXIT
"${PYTHON:-python3}" internal/elementary/testdata/exact.py "${1:-6000}" "$dense"
ND_EXACT=$dense ND_ACCURACY=$PWD/docs/accuracy.md go test -count=1 -run TestVectorFunctionsAreAccurate ./internal/kernel
