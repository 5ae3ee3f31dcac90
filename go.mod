module github.com/stride-go/nd

go 1.27
