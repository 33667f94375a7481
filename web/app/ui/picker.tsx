import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from 'react'
import { loadPicker } from './later'
import { piece } from './piece'

export interface Option {
  id: string
  name: string
  /** A mark before the name. */
  lead?: ReactNode
  chosen?: boolean
  group?: string
  /** By what plain words it is found beside its name. */
  words?: string
  /** It was found for what is typed: whether its name holds that is of no consequence. */
  answer?: boolean
}

/** How to make what is not in the list yet, by the name that was typed. */
export interface Maker {
  words: (name: string) => string
  run: (name: string) => void
}

export interface PickerProps {
  label: string
  options: Option[]
  open: boolean
  onOpen: (open: boolean) => void
  onPick: (id: string) => void
  trigger: ReactElement
  /** Several may be chosen: a pick leaves the list open. */
  many?: boolean
  empty?: string
  make?: Maker
}

interface TriggerProps {
  onClick?: () => void
  onPointerEnter?: () => void
  'aria-haspopup'?: 'dialog'
  'aria-expanded'?: boolean
}

/** Where the list cannot be fetched, the button stays, and asks again when pressed. */
const PickerPopup = piece<PickerProps>(loadPicker, ({ trigger, onOpen }, again) =>
  cloneElement(trigger as ReactElement<TriggerProps>, {
    onClick: () => {
      onOpen(true)
      again()
    },
  }),
)

/** A button with a list to choose from: assign, team, labels, snooze. The list is fetched when reached for. */
export function Picker(props: PickerProps) {
  const [wanted, setWanted] = useState(false)
  if (props.open && !wanted) setWanted(true)
  const closed = cloneElement(props.trigger as ReactElement<TriggerProps>, {
    onClick: () => props.onOpen(true),
    onPointerEnter: () => void loadPicker().catch(() => undefined),
    'aria-haspopup': 'dialog',
    'aria-expanded': props.open,
  })
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <PickerPopup {...props} />
    </Suspense>
  )
}
