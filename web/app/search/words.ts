/**
 * createWords tells what the field has written into the address, and will hear of in a while,
 * from what somebody else has put there: the palette, or the way back.
 */
export function createWords(first = '') {
  let known = first
  let under: string[] = []
  return {
    /** wrote says whether the address is to follow: it does not hold these words yet. */
    wrote(words: string): boolean {
      if (words === (under.at(-1) ?? known)) return false
      under.push(words)
      return true
    },
    /** heard is what the field is to hold because the address says so; null when it is an echo. */
    heard(address = ''): string | null {
      const at = under.lastIndexOf(address)
      const echo = at >= 0 || address === known
      known = address
      under = echo ? under.slice(at + 1) : []
      return echo ? null : address
    },
  }
}

/** movesHits says whether arrows pressed there go through the results: anywhere else they are that control's own. */
export function movesHits(target: Pick<Element, 'closest'>, field: unknown): boolean {
  return target === field || target.closest('[data-hit]') !== null
}
