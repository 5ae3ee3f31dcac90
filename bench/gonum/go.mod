module github.com/stride-go/nd/bench/gonum

go 1.27

require gonum.org/v1/gonum v0.17.0
