import type { Party } from '#/api/types'

/** What a person would take for an address; the server and the network judge further. */
const shape = /^[^\s@<>",;:]+@[^\s@<>",;:]+\.[^\s@<>",;:.]{2,}$/u

export function isAddress(text: string): boolean {
  return text.length <= 254 && shape.test(text) && !text.includes('..')
}

/** parseParty reads `Anna Petrova <anna@example.com>`, `anna@example.com`, or null. */
export function parseParty(text: string): Party | null {
  const trimmed = text.trim()
  const angled = /^(.*)<([^<>]*)>$/su.exec(trimmed)
  const address = (angled?.[2] ?? trimmed).trim()
  if (!isAddress(address)) return null
  const name = (angled?.[1] ?? '').trim().replace(/^"(.*)"$/su, '$1')
  return { name: name.replace(/\\(.)/gu, '$1').trim(), address }
}

/** parseParties reads a pasted list; what is no address comes back, so that it can be mended. */
export function parseParties(text: string): { parties: Party[]; rest: string } {
  const parties: Party[] = []
  const rest: string[] = []
  for (const piece of split(text)) {
    const party = parseParty(piece)
    if (party) parties.push(party)
    else if (piece.trim()) rest.push(piece.trim())
  }
  return { parties, rest: rest.join(', ') }
}

/** split cuts at commas, semicolons and line breaks outside quotation marks and angles. */
function split(text: string): string[] {
  const pieces: string[] = []
  let piece = ''
  let quoted = false
  let angled = false
  for (const sign of text) {
    if (sign === '"' && !angled) quoted = !quoted
    else if (sign === '<' && !quoted) angled = true
    else if (sign === '>') angled = false
    if ((sign === ',' || sign === ';' || sign === '\n') && !quoted && !angled) {
      pieces.push(piece)
      piece = ''
    } else piece += sign
  }
  pieces.push(piece)
  return pieces
}

/** Mail servers tell letters of a name apart by case in theory; people and lists do not. */
export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/**
 * ownAddress is which of our addresses mail to an address comes to, also where that has
 * something behind a plus; empty for somebody else's.
 */
export function ownAddress(ours: string[], address: string): string {
  const plain = address.replace(/\+.*(?=@[^@]*$)/su, '')
  return ours.find((own) => sameAddress(own, address) || sameAddress(own, plain)) ?? ''
}

/** unique keeps the first of each address, and of those only what is not in `except`. */
export function unique(parties: Party[], except: Party[] = []): Party[] {
  const seen = new Set(except.map((party) => party.address.toLowerCase()))
  return parties.filter((party) => {
    const key = party.address.toLowerCase()
    if (!key || seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** bare is a party without what only the server knows of it. */
export function bare({ name, address }: Party): Party {
  return { name, address }
}

/** written is a party as a mail names it. */
export function written({ name, address }: Party): string {
  return name ? `"${name.replace(/["\\]/g, '\\$&')}" <${address}>` : address
}

/** shortName is what a line has room for; the whole address is one click away. */
export function shortName(party: Party): string {
  return party.name || party.address.split('@')[0] || party.address
}
