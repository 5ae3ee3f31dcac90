package memmap

import (
	"os"
	"testing"

	"github.com/stride-go/nd/internal/leaktest"
)

func TestMain(m *testing.M) { os.Exit(leaktest.Run(m)) }
