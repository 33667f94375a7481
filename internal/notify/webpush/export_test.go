package webpush

// Seal is Encrypt with a key pair and a salt that are given.
var Seal = seal
