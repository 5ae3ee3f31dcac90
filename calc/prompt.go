package calc

// Prompt runs code as Python's prompt does: the repr of every expression
// statement whose value is not None is printed, and bound to the name _. Limits,
// output and errors are those of Run.
func (in *Interp) Prompt(code string) (Result, error) {
	return in.run(code, nil, func(body []stmt) Value {
		for i := range body {
			x, ok := body[i].node.(*exprStmt)
			if !ok {
				in.execBody(in.globals, body[i:i+1])
				continue
			}
			in.step()
			in.line = body[i].line
			v := in.eval(in.globals, x.x)
			if v == Value(None) {
				continue
			}
			in.print(in.Repr(v) + "\n")
			in.globals.vars["_"] = v
		}
		return None
	})
}

// Interrupt makes the running program end with KeyboardInterrupt. It may be
// called from any goroutine.
func (in *Interp) Interrupt() { in.stop.Store(true) }

func (in *Interp) interrupted() {
	in.stop.Store(false)
	panic(&Exception{typ: excKeyboardInterrupt, fatal: true})
}
