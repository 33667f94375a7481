/** One server-sent event; `id` is null when the event carried none. */
export interface ServerEvent {
  id: string | null
  event: string
  data: string
}

/**
 * Cuts a stream of text into events, by the rules of the HTML standard ("9.2.6 Interpreting an event stream"): any of
 * CR, LF and CRLF end a line, chunks may be cut anywhere, comments and half an event at the end are dropped.
 */
export class EventParser {
  #rest = ''
  #skipLf = false
  #first = true
  #id: string | null = null
  #event = ''
  #data: string[] = []

  push(chunk: string): ServerEvent[] {
    let text = chunk
    if (this.#first && text) {
      this.#first = false
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    const events: ServerEvent[] = []
    for (const char of text) {
      if (char === '\n' && this.#skipLf) {
        this.#skipLf = false
        continue
      }
      this.#skipLf = char === '\r'
      if (char === '\n' || char === '\r') {
        const event = this.#line(this.#rest)
        if (event) events.push(event)
        this.#rest = ''
      } else this.#rest += char
    }
    return events
  }

  #line(line: string): ServerEvent | null {
    if (line === '') return this.#flush()
    const colon = line.indexOf(':')
    if (colon === 0) return null
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1))
    if (field === 'data') this.#data.push(value)
    else if (field === 'event') this.#event = value
    else if (field === 'id' && !value.includes('\0')) this.#id = value
    return null
  }

  #flush(): ServerEvent | null {
    const event = { id: this.#id, event: this.#event || 'message', data: this.#data.join('\n') }
    const empty = this.#data.length === 0 && !this.#event
    this.#id = null
    this.#event = ''
    this.#data = []
    return empty ? null : event
  }
}
