import { Input, LongInput } from '#/ui/field'
import { Theirs } from './theirs'
import { type Keeping, useKept } from './use-kept'

interface KeptProps<V> extends Keeping<V> {
  label: string
  type?: string
  max?: number
  long?: boolean
  help?: string
}

/** A field that is kept when it is left, by Enter, and when its window closes over it. */
export function Kept<V>({ label, type, max = 500, long, help, ...keeping }: KeptProps<V>) {
  const field = useKept(keeping)
  const shared = { label, help, maxLength: max, value: field.text, onBlur: field.keep }
  return (
    <div>
      {long ? (
        <LongInput {...shared} rows={3} onChange={(event) => field.type(event.target.value)} />
      ) : (
        <Input
          {...shared}
          type={type}
          onChange={(event) => field.type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur()
          }}
        />
      )}
      <Theirs theirs={field.theirs} onTheirs={field.reset} onMine={field.insist} />
    </div>
  )
}
