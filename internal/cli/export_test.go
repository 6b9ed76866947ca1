package cli

// WriteScenario writes what was done in the playground.
var WriteScenario = writeScenario
