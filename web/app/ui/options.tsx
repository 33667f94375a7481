interface OptionsProps {
  of: readonly { id: string; name: string }[]
  /** What it is called when nothing is chosen, where that can be. */
  none?: string
}

/** What one can choose in a select. */
export function Options({ of, none }: OptionsProps) {
  return (
    <>
      {none !== undefined && <option value="">{none}</option>}
      {of.map(({ id, name }) => (
        <option key={id} value={id} dir="auto">
          {name}
        </option>
      ))}
    </>
  )
}
