module github.com/stride-go/nd

go 1.27

require golang.org/x/sys v0.49.0
