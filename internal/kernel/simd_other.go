//go:build !amd64

package kernel

func bestLevel() Level { return LevelGo }

func installLoops(Level) {}

func installTables(Level) {}
