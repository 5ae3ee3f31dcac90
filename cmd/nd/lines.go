package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
)

// errTooLong is that of a line, not of the reading.
var errTooLong = errors.New("a line is too long")

// lines yields the lines of r without their ends. A line longer than most bytes
// is skipped and yields errTooLong instead; a read error ends the sequence, and is
// yielded in place of what has been read of the line.
func lines(r io.Reader, most int) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		br := bufio.NewReaderSize(r, 64<<10)
		var line []byte
		tooLong := false
		for {
			part, err := br.ReadSlice('\n')
			if len(line)+len(part) > most {
				tooLong, line = true, line[:0]
			} else if !tooLong {
				line = append(line, part...)
			}
			if errors.Is(err, bufio.ErrBufferFull) {
				continue
			}
			switch {
			case err != nil && err != io.EOF:
				yield(nil, err)
			case tooLong:
				if !yield(nil, fmt.Errorf("%w: longer than %d bytes", errTooLong, most)) {
					return
				}
			case len(line) > 0:
				if !yield(line, nil) {
					return
				}
			}
			if err != nil {
				return
			}
			line, tooLong = line[:0], false
		}
	}
}
