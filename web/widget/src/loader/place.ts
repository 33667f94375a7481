/** Where the loader was loaded from: everything else is derived from that address. */
export interface Place {
  account: string
  origin: string
}

/** Reads account and origin out of the script's own address; null when the address names no account. */
export function placeOf(src: string | undefined): Place | null {
  try {
    const url = new URL(src ?? '')
    const account = url.searchParams.get('account')
    return account ? { account, origin: url.origin } : null
  } catch {
    return null
  }
}
