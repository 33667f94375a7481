// Package origins says which sites may show something of ours: a chat, a form. It reads what an
// administrator writes ("shop.ru", "*.shop.ru", "https://shop.ru:8443"), judges the origin that
// a browser names, and says the same to browsers in a policy header.
//
// Allowed imports: libraries alone.
//
// The invariant it guards: Allow and FrameAncestors agree, and nothing that was written can
// end the header that it stands in.
package origins
