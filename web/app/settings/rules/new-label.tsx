import { useState } from 'react'
import type { Label } from '#/api/types'
import { useLabelMaker } from '#/inbox/label-maker'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Input } from '#/ui/field'

/** A label for whoever has none to choose from: made here, so that nobody leaves the trigger for it, and chosen at once. */
export function NewLabel({ onMade }: { onMade: (label: Label) => void }) {
  const [text, setText] = useState('')
  const { make, empty } = useLabelMaker(onMade)
  const name = text.trim()
  if (!make) return <p className="text-muted text-sm">{empty}</p>
  return (
    <div className="flex flex-col items-start gap-2">
      <Input
        label={t('labels.add')}
        help={empty}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          if (name) make.run(name)
        }}
      />
      {name && (
        <Button small icon="plus" onClick={() => make.run(name)}>
          {make.words(name)}
        </Button>
      )}
    </div>
  )
}
