//go:build !mutant_nofence

package intake

// ignoreFences is false: what a former owner of an account delivers is refused.
const ignoreFences = false
