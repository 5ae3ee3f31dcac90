package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// human prints nanoseconds with a unit.
func human(ns float64) string {
	switch {
	case ns < 1e3:
		return fmt.Sprintf("%.0f ns", ns)
	case ns < 1e6:
		return fmt.Sprintf("%.1f µs", ns/1e3)
	case ns < 1e9:
		return fmt.Sprintf("%.2f ms", ns/1e6)
	}
	return fmt.Sprintf("%.2f s", ns/1e9)
}

func geometricMean(results []result) float64 {
	sum := 0.0
	for _, r := range results {
		sum += math.Log(r.Ratio)
	}
	return math.Exp(sum / float64(len(results)))
}

// line is a line of the table: a case on one thread, on all, or both.
type line struct{ one, all *result }

func (l line) any() *result {
	if l.one != nil {
		return l.one
	}
	return l.all
}

// lines brings together what differs only in the threads.
func lines(results []result) (out []line) {
	type key struct {
		op, dtype, layout, peer string
		n                       int
	}
	at := map[key]int{}
	for i := range results {
		r := &results[i]
		k := key{r.Op, r.DType, r.Layout, r.Peer, r.N}
		j, seen := at[k]
		if !seen {
			j = len(out)
			at[k] = j
			out = append(out, line{})
		}
		if r.Threads == "all" {
			out[j].all = r
		} else {
			out[j].one = r
		}
	}
	return out
}

// name is that of the case.
func (r *result) name() string {
	return caseName(r.Op, r.DType, r.Layout, r.N, r.Peer, r.Threads == "all")
}

// why says why the ratio is below 1.
func (r *result) why() string {
	best := r.PeerMin / r.NDMin
	switch {
	case r.Reason != "":
		return r.Reason
	case best >= 1:
		return fmt.Sprintf("not by the best times, whose ratio is %.2f", best)
	}
	return fmt.Sprintf("not explained; a best time of %s against %s", human(r.NDMin), human(r.PeerMin))
}

// means are the geometric means by peer, NumPy's first.
func means(results []result) string {
	var b strings.Builder
	for _, p := range []string{numpy, numexpr, gonum} {
		var of []result
		for _, r := range results {
			if r.Peer == p {
				of = append(of, r)
			}
		}
		if len(of) > 0 {
			fmt.Fprintf(&b, "%s %.2f (%d rows), ", p, geometricMean(of), len(of))
		}
	}
	return strings.TrimSuffix(b.String(), ", ")
}

// markdown returns the table, and why some of its ratios are below 1.
func markdown(machine string, results []result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.\n\nRatio: the peer's time over nd's, medians of rounds that alternate. One thread stands against one\nthread, all cores against the peer as it comes. Geometric means: %s; of all %.2f.\n\n", machine, means(results), geometricMean(results))
	b.WriteString("| operation | dtype | layout | n | peer | nd, 1 thread | peer, 1 thread | ratio | target | nd, all cores | peer as it comes | ratio | target |\n|---|---|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, l := range lines(results) {
		r := l.any()
		fmt.Fprintf(&b, "| %s | %s | %s | %d | %s |", r.Op, r.DType, r.Layout, r.N, r.Peer)
		for _, r := range []*result{l.one, l.all} {
			if r == nil {
				b.WriteString(" | | | |")
				continue
			}
			target := ""
			if r.Target > 0 {
				target = fmt.Sprintf("%.1f", r.Target)
				if r.Ratio < r.Target {
					target += " ✗"
				}
			}
			fmt.Fprintf(&b, " %s | %s | %.2f | %s |", human(r.ND), human(r.Peers), r.Ratio, target)
		}
		b.WriteString("\n")
	}
	title := "\nBelow 1.0, and why:\n\n"
	for _, r := range results {
		if r.Ratio >= 1 {
			continue
		}
		fmt.Fprintf(&b, "%s- %s (%.2f): %s\n", title, r.name(), r.Ratio, r.why())
		title = ""
	}
	return b.String()
}

// chart draws the ratios on a logarithmic scale: a bar for one thread, a dot for
// all cores.
func chart(machine string, results []result) string {
	const left, wide, high, top = 360, 700, 15, 64
	rows := lines(results)
	var b strings.Builder
	total := top + 10 + high*len(rows)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">`+"\n", left+wide+150, total)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" fill="#fff"/>`+"\n")
	cpu, rest, _ := strings.Cut(machine, "; ")
	fmt.Fprintf(&b, `<text x="8" y="16" font-weight="bold">The peer’s time over nd’s: right of 1 nd is faster. %s</text>`+"\n", html.EscapeString(cpu))
	fmt.Fprintf(&b, `<text x="8" y="31" font-size="10">%s</text>`+"\n", html.EscapeString(rest))
	x := func(ratio float64) float64 { // 1/8 … 64
		return left + wide*(math.Log2(min(max(ratio, 0.125), 64))+3)/9
	}
	for _, tick := range []float64{0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64} {
		colour := "#ddd"
		if tick == 1 {
			colour = "#000"
		}
		fmt.Fprintf(&b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="%s"/><text x="%.1f" y="%d" text-anchor="middle">%g</text>`+"\n", x(tick), top-8, x(tick), total-6, colour, x(tick), top-12, tick)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">1 thread ▬</text><text x="%d" y="%d" text-anchor="end" fill="#4c78a8">all cores ●</text>`+"\n",
		left+wide+76, top-12, left+wide+144, top-12)
	for i, l := range rows {
		y := top + i*high
		r := l.any()
		peer := ""
		if r.Peer != numpy {
			peer = " vs " + r.Peer
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text>`, left-8, y+11, html.EscapeString(fmt.Sprintf("%s %s %s n=%d%s", r.Op, r.DType, r.Layout, r.N, peer)))
		if r := l.one; r != nil {
			from, to, colour := x(1), x(r.Ratio), "#54a24b"
			if to < from {
				from, to, colour = to, from, "#e45756"
			}
			fmt.Fprintf(&b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`, from, y+3, max(to-from, 1), high-6, colour)
			fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%.2f</text>`, left+wide+76, y+11, r.Ratio)
		}
		if r := l.all; r != nil {
			fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="#4c78a8"/>`, x(r.Ratio), float64(y)+high/2.0)
			fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end" fill="#4c78a8">%.2f</text>`, left+wide+130, y+11, r.Ratio)
		}
		b.WriteString("\n")
	}
	b.WriteString("</svg>\n")
	return b.String()
}
