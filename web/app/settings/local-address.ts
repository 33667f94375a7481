/** isLocal says whether a text holds an address that only this computer reaches. */
export function isLocal(text: string): boolean {
  return /https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])([:/?#"]|$)/i.test(text)
}
