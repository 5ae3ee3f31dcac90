package calc

import (
	"testing"

	"github.com/stride-go/nd"
)

func TestJSON(t *testing.T) {
	for code, want := range map[string]string{
		"1 + 1":           `{"ok":true,"kind":"other","type":"int","repr":"2","str":"2","stdout":""}`,
		"print('<'); 'é'": `{"ok":true,"kind":"other","type":"str","repr":"'é'","str":"é","stdout":"<\n"}`,
		"x = 1":           `{"ok":true,"kind":"none","type":"NoneType","repr":"None","str":"None","stdout":""}`,
		"print(1); 1/0":   `{"ok":false,"error":"ZeroDivisionError","message":"division by zero","stdout":"1\n"}`,
		"raise KeyError":  `{"ok":false,"error":"KeyError","message":"","stdout":""}`,
		"a[:, 1]": `{"ok":true,"kind":"array","type":"ndarray","dtype":"<i8","descr":"'<i8'","shape":[2],"strides":[24],` +
			`"flags":{"aligned":true,"c_contiguous":false,"f_contiguous":false,"owndata":false,"writeable":true},"repr":"array([1, 4])","str":"[1 4]","stdout":"","data":"AQAAAAAAAAAEAAAAAAAAAA=="}`,
		"a[1, 1]":    `{"ok":true,"kind":"scalar","type":"int64","dtype":"<i8","descr":"'<i8'","shape":[],"repr":"np.int64(4)","str":"4","stdout":"","data":"BAAAAAAAAAA="}`,
		"a.dtype":    `{"ok":true,"kind":"dtype","type":"Int64DType","dtype":"<i8","descr":"'<i8'","repr":"dtype('int64')","str":"int64","stdout":""}`,
		"a + [1, 2]": `{"ok":false,"error":"ValueError","message":"operands could not be broadcast together with shapes (2,3) (2,) ","stdout":""}`,
	} {
		if nativeOrderName() == "big" {
			t.Skip("the bytes are a little-endian machine's")
		}
		r, err := New(Limits{}).Run(code, map[string]any{"a": nd.Arange(6).Reshape(2, 3).Copy()})
		if got := string(JSON(r, err)); got != want {
			t.Errorf("%s\n got %s\nwant %s", code, got, want)
		}
	}
}
