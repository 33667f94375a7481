/** One server-sent event, or a comment line (the server's heartbeat) with `comment` true. */
export interface Frame {
  event: string
  id: string
  data: string
  comment: boolean
}

/**
 * createParser cuts a stream of text into frames and hands each over as soon as it is
 * whole. Pieces may end anywhere, even between \r and \n.
 */
export function createParser(onFrame: (frame: Frame) => void): (piece: string) => void {
  let rest = ''
  let event = ''
  let id = ''
  let data: string[] = []

  function line(text: string): void {
    if (text === '') {
      if (event || data.length > 0)
        onFrame({ event: event || 'message', id, data: data.join('\n'), comment: false })
      event = ''
      id = ''
      data = []
      return
    }
    if (text.startsWith(':')) {
      onFrame({ event: '', id: '', data: text.slice(1).trim(), comment: true })
      return
    }
    const colon = text.indexOf(':')
    const field = colon < 0 ? text : text.slice(0, colon)
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    else if (field === 'data') data.push(value)
    else if (field === 'id' && !value.includes('\0')) id = value
  }

  return (piece) => {
    rest += piece
    for (;;) {
      const at = rest.search(/[\r\n]/)
      // A lone \r at the very end may be half of \r\n: wait for what follows.
      if (at < 0 || (rest[at] === '\r' && at === rest.length - 1)) return
      const text = rest.slice(0, at)
      rest = rest.slice(at + (rest.startsWith('\r\n', at) ? 2 : 1))
      line(text)
    }
  }
}
