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

// markdown returns the table.
func markdown(machine string, results []result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nRatio: the peer's time over nd's (medians of interleaved rounds). Geometric mean: %.2f.\n\n", machine, geometricMean(results))
	b.WriteString("| operation | dtype | layout | n | threads | nd | peer | ratio | target |\n|---|---|---|---:|---|---:|---:|---:|---:|\n")
	for _, r := range results {
		target := ""
		if r.Target > 0 {
			target = fmt.Sprintf("%.1f", r.Target)
			if r.Ratio < r.Target {
				target += " ✗"
			}
		}
		peer := ""
		if r.Peer != "NumPy" {
			peer = " (" + r.Peer + ")"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %d | %s | %s | %s%s | %.2f | %s |\n", r.Op, r.DType, r.Layout, r.N, r.Threads, human(r.ND), human(r.NumPy), peer, r.Ratio, target)
	}
	return b.String()
}

// chart draws the ratios as bars on a logarithmic scale.
func chart(machine string, results []result) string {
	const left, wide, high = 330, 760, 16
	var b strings.Builder
	total := 50 + high*len(results)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">`+"\n", left+wide+60, total)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" fill="#fff"/><text x="8" y="16">%s</text>`+"\n", html.EscapeString(machine))
	x := func(ratio float64) float64 { // 1/8 … 64
		return left + wide*(math.Log2(min(max(ratio, 0.125), 64))+3)/9
	}
	for _, tick := range []float64{0.25, 0.5, 1, 2, 4, 8, 16, 32} {
		colour := "#ddd"
		if tick == 1 {
			colour = "#000"
		}
		fmt.Fprintf(&b, `<line x1="%.1f" y1="34" x2="%.1f" y2="%d" stroke="%s"/><text x="%.1f" y="30" text-anchor="middle">%g</text>`+"\n", x(tick), x(tick), total, colour, x(tick), tick)
	}
	for i, r := range results {
		y := 40 + i*high
		from, to, colour := x(1), x(r.Ratio), "#54a24b"
		if to < from {
			from, to, colour = to, from, "#e45756"
		}
		name := fmt.Sprintf("%s %s %s n=%d %s", r.Op, r.DType, r.Layout, r.N, map[string]string{"1": "", "all": "all cores"}[r.Threads])
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text><rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/><text x="%.1f" y="%d">%.2f</text>`+"\n",
			left-40, y+11, html.EscapeString(name), from, y+2, max(to-from, 1), high-4, colour, x(64)+8, y+11, r.Ratio)
	}
	b.WriteString("</svg>\n")
	return b.String()
}
