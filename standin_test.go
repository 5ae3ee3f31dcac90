package nd

import "testing"

func TestStandIn(t *testing.T) {
	a := Arange(6).Copy()
	v := a.StandIn(a.Reshape(2, 3))
	if !v.OwnData() || v.Base() != nil || v.Dim(1) != 3 || !v.SharesMemory(a) {
		t.Errorf("owner's stand-in: %v %v", v.Flags(), v.Base())
	}
	b := a.Slice(From(2))
	if v = b.StandIn(b.Reshape(2, 2)); v.OwnData() || v.Base() != a {
		t.Errorf("view's stand-in: %v %v", v.Flags(), v.Base())
	}
	if err := Try(func() { a.StandIn(Arange(6)) }); err == nil {
		t.Error("a stand-in over another block")
	}
}
