// Package background keeps bubbletea from asking the terminal for its background
// colour. Bubbletea asks in a package init, and where no terminal answers, every
// command would wait five seconds for it.
//
// Packages are initialised in the order of their import paths once their imports
// are ready, so this one runs before bubbletea only because it imports nothing but
// lipgloss and because its path sorts before github.com/charmbracelet/bubbletea.
// Whoever moves it keeps that order. The program draws with the terminal's own
// sixteen colours and does not need the answer.
package background

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
