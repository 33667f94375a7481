/**
 * Between the key that opens the composer or the palette and the moment it stands there may
 * be a frame, or a chunk of code to fetch. What is typed in between goes into a field
 * out of sight, so that any layout, input method or paste works as in the real one.
 */
export interface Captured<Kind extends string = 'reply' | 'note'> {
  kind: Kind
  text: string
}

/** The part of a text field that capturing needs. */
export interface Field {
  value: string
  focus: (options?: FocusOptions) => void
  blur: () => void
}

/**
 * For how long to wait for a composer; a conversation that cannot be opened has none. Too short is worse than too long: on a slow
 * line the letters would be lost, and those after them would be keys.
 */
const patience = 15_000

export function createCapture<Kind extends string = 'reply' | 'note'>() {
  let field: Field | null = null
  let kind: Kind | null = null
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
    start(wanted: Kind): void {
      end()
      kind = wanted
      field?.focus({ preventScroll: true })
      timer = setTimeout(() => {
        end()
        field?.blur()
      }, patience)
    },
    /** What the letters are for that are being kept; null when none are. */
    kind: (): Kind | null => kind,
    /** take hands over what was typed, once. */
    take(): Captured<Kind> | null {
      const taken = kind ? { kind, text: field?.value ?? '' } : null
      end()
      return taken
    },
  }
}

export const capture = createCapture()

/**
 * ahead keeps what is typed ahead of a list that is about to open: the palette, people, labels. Without it those letters
 * would be keys, and one of them closes the conversation.
 */
export const ahead = createCapture<'list'>()

/** typedAhead is what was typed until the list had the focus, once. */
export const typedAhead = (): string => ahead.take()?.text ?? ''
