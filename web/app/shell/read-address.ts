/** What screens keep in the address besides their path: each reader takes only what its screen understands. */

type Search = Record<string, unknown>

/** readStatus reads which records a list shows, and whether as a board. */
export function readStatus(search: Search): { status?: string; board?: true } {
  if (search.board === true) return { board: true }
  return typeof search.status === 'string' && search.status ? { status: search.status } : {}
}

/** readLog reads which log of a trigger is open, and at which run. */
export const readLog = (search: Search): { tab?: 'runs' | 'webhooks'; run?: string } => ({
  ...((search.tab === 'runs' || search.tab === 'webhooks') && { tab: search.tab }),
  ...(/^\d+$/.test(String(search.run)) && { run: String(search.run) }),
})

/** readSignIn reads how a sign-in at a provider ended, which its callback puts into the address. */
export function readSignIn(search: Search): { sign_in?: 'done' | 'failed' | 'expired' } {
  const end = search.sign_in
  return end === 'done' || end === 'failed' || end === 'expired' ? { sign_in: end } : {}
}
