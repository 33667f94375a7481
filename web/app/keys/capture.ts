/**
 * Between the key that opens the composer and the moment the composer stands there may
 * be a frame, or a chunk of code to fetch. What is typed in between waits here.
 */
export interface Captured {
  kind: 'reply' | 'note'
  text: string
}

const patience = 5_000

export function createCapture(now: () => number = Date.now) {
  let held: Captured | null = null
  let until = 0

  return {
    start(kind: Captured['kind']): void {
      held = { kind, text: '' }
      until = now() + patience
    },
    /** press keeps a sign; true when it was kept and means nothing else. */
    press(press: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): boolean {
      if (!held || now() > until) {
        held = null
        return false
      }
      if (press.ctrlKey || press.metaKey || press.altKey) return false
      if (press.key === 'Escape') held = null
      else if (press.key === 'Backspace') held.text = [...held.text].slice(0, -1).join('')
      else if (press.key === 'Enter') held.text += '\n'
      else if ([...press.key].length === 1) held.text += press.key
      else return false
      return true
    },
    /** take hands over what was typed, once. */
    take(): Captured | null {
      const taken = held && now() <= until ? held : null
      held = null
      return taken
    },
  }
}

export const capture = createCapture()
