/**
 * Between the key that opens the composer and the moment the composer stands there may
 * be a frame, or a chunk of code to fetch. What is typed in between goes into a field
 * out of sight, so that any layout, input method or paste works as in the composer.
 */
export interface Captured {
  kind: 'reply' | 'note'
  text: string
}

/** The part of a text field that capturing needs. */
export interface Field {
  value: string
  focus: (options?: FocusOptions) => void
  blur: () => void
}

/** For how long to wait for a composer; a conversation that cannot be opened has none. */
const patience = 5_000

export function createCapture() {
  let field: Field | null = null
  let kind: Captured['kind'] | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function end(): void {
    clearTimeout(timer)
    kind = null
    if (field) field.value = ''
  }

  return {
    attach(next: Field | null): void {
      field = next
    },
    start(wanted: Captured['kind']): void {
      end()
      kind = wanted
      field?.focus({ preventScroll: true })
      timer = setTimeout(() => {
        end()
        field?.blur()
      }, patience)
    },
    /** What the letters are for that are being kept; null when none are. */
    kind: (): Captured['kind'] | null => kind,
    /** take hands over what was typed, once. */
    take(): Captured | null {
      const taken = kind ? { kind, text: field?.value ?? '' } : null
      end()
      return taken
    },
  }
}

export const capture = createCapture()
