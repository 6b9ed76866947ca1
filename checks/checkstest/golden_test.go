package checkstest_test

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks/checkstest"
)

func TestCheckstest(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "checkstest")
}

var _ = Describe("a golden file", Serial, func() {
	file := func(text string) string {
		name := filepath.Join(GinkgoT().TempDir(), "below", "golden.txt")
		Expect(os.MkdirAll(filepath.Dir(name), 0o755)).To(Succeed())
		Expect(os.WriteFile(name, []byte(text), 0o644)).To(Succeed())
		return name
	}

	It("holds what is the same", func() {
		GinkgoT().Setenv("UPDATE_GOLDEN", "")
		Expect(checkstest.Golden(file("one\ntwo\n"), "one\ntwo\n")).To(Succeed())
	})

	It("shows the lines that differ, with what cannot be seen", func() {
		GinkgoT().Setenv("UPDATE_GOLDEN", "")
		err := checkstest.Golden(file("one\ntwo\n"), "one\n\x1b[1mtwo \n")
		Expect(err).To(MatchError(And(
			ContainSubstring("UPDATE_GOLDEN=1"),
			ContainSubstring("\n one\n-two\n+<U+001B>[1mtwo·\n"),
		)))
	})

	It("says how one that is not there is written", func() {
		GinkgoT().Setenv("UPDATE_GOLDEN", "")
		err := checkstest.Golden(filepath.Join(GinkgoT().TempDir(), "none.txt"), "one\n")
		Expect(err).To(MatchError(And(ContainSubstring("UPDATE_GOLDEN=1"), ContainSubstring("one\n"))))
	})

	It("is written anew when asked, with its directory", func() {
		GinkgoT().Setenv("UPDATE_GOLDEN", "1")
		name := filepath.Join(GinkgoT().TempDir(), "new", "golden.txt")
		Expect(checkstest.Golden(name, "three\n")).To(Succeed())
		Expect(os.ReadFile(name)).To(BeEquivalentTo("three\n"))
	})
})
