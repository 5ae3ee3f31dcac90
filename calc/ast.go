package calc

// expr is an expression; the node types below are all of them.
type expr interface{}

type (
	constExpr struct{ v Value }
	nameExpr  struct{ name string }
	tupleExpr struct{ items []expr }
	listExpr  struct{ items []expr }
	setExpr   struct{ items []expr }
	dictExpr  struct{ keys, values []expr } // a nil key marks **value
	starExpr  struct{ x expr }
	unaryExpr struct {
		op unaryOp
		x  expr
	}
	binaryExpr struct {
		op   binOp
		x, y expr
	}
	// boolExpr is a chain of and, or of or.
	boolExpr struct {
		or    bool
		items []expr
	}
	// compareExpr is a chain x op items[0] op items[1] …
	compareExpr struct {
		x     expr
		ops   []cmpOp
		items []expr
	}
	condExpr   struct{ test, then, other expr }
	walrusExpr struct {
		name string
		x    expr
	}
	lambdaExpr struct{ fn *funcNode }
	attrExpr   struct {
		x    expr
		name string
	}
	indexExpr struct{ x, key expr }
	sliceExpr struct{ start, stop, step expr } // any may be nil
	callExpr  struct {
		fn   expr
		args []argNode
	}
	// compExpr is a comprehension; kind is '[', '{' (set), ':' (dict) or '(' (generator).
	compExpr struct {
		kind    byte
		item    expr
		value   expr // of a dict
		clauses []compClause
		targets map[string]bool
	}
	// fstringExpr is a sequence of Str constants and fields.
	fstringExpr struct{ parts []expr }
	fieldExpr   struct {
		x    expr
		conv byte // 0, 'r', 's' or 'a'
		spec expr // nil, or an fstringExpr
	}
)

// argNode is one argument of a call: x, name=x, *x or **x.
type argNode struct {
	x    expr
	name string
	star int
}

type compClause struct {
	target, iter expr
	conds        []expr
}

// stmt is a statement; line is where it starts.
type stmt struct {
	line int
	node any
}

type (
	exprStmt   struct{ x expr }
	assignStmt struct {
		targets []expr
		value   expr
	}
	augStmt struct {
		target expr
		op     binOp
		value  expr
	}
	delStmt    struct{ targets []expr }
	importStmt struct{ path, as string }
	fromStmt   struct {
		module   string
		names    [][2]string // name, as
		wildcard bool
	}
	ifStmt struct {
		tests  []expr
		bodies [][]stmt
		other  []stmt
	}
	forStmt struct {
		target, iter expr
		body, other  []stmt
	}
	whileStmt struct {
		test        expr
		body, other []stmt
	}
	defStmt struct {
		fn         *funcNode
		decorators []expr
	}
	classStmt struct {
		name       string
		bases      []argNode
		body       []stmt
		decorators []expr
	}
	returnStmt   struct{ x expr }
	breakStmt    struct{}
	continueStmt struct{}
	passStmt     struct{}
	assertStmt   struct{ test, msg expr }
	raiseStmt    struct{ x, cause expr }
	tryStmt      struct {
		body     []stmt
		handlers []handlerNode
		other    []stmt
		finally  []stmt
	}
	withStmt struct {
		items []withItem
		body  []stmt
	}
	scopeStmt struct{} // global and nonlocal: resolved by the parser
)

type handlerNode struct {
	class expr // nil catches all
	name  string
	body  []stmt
}

type withItem struct{ x, as expr }

// funcNode is a def or a lambda. locals holds the names bound in the body.
type funcNode struct {
	name     string
	qual     string // the name with those of the scopes around it
	isClass  bool
	params   []paramNode
	posOnly  int // the first posOnly parameters
	numPos   int // positional parameters; the rest are keyword-only
	star     string
	dstar    string
	body     []stmt
	result   expr // of a lambda
	locals   map[string]bool
	globals  map[string]bool
	nonlocal map[string]bool
}

type paramNode struct {
	name string
	def  expr
}
