package strictyaml_test

import (
	"fmt"

	"belay/internal/strictyaml"
)

func ExampleDecode() {
	var suite struct {
		Version int      `yaml:"version,required"`
		Tags    []string `yaml:"tags"`
	}
	err := strictyaml.Decode("belay/deploy.yaml", []byte("version: one\ntag: [smoke]\n"), &suite)
	fmt.Println(err)
	// Output:
	// belay/deploy.yaml:1:10: wants a whole number, got the text "one"
	//     1 | version: one
	//       |          ^
	// belay/deploy.yaml:2:1: unknown field "tag": did you mean "tags"?
	//     2 | tag: [smoke]
	//       | ^
}
