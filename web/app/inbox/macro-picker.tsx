import { useMacros } from '#/api/rules'
import type { ID } from '#/api/types'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { Picker } from '#/ui/picker'
import { applyMacro } from './macro'

interface MacroPickerProps {
  id: ID
  open: boolean
  onOpen: (open: boolean) => void
}

/** The macros that a person may use, by name. Nobody sees the button before there is one. */
export function MacroPicker({ id, open, onOpen }: MacroPickerProps) {
  const macros = useMacros()
  if (macros.length === 0 && !open) return null
  return (
    <Picker
      label={t('macro.apply')}
      open={open}
      onOpen={onOpen}
      empty={t('macro.empty')}
      options={macros.map(({ id, name }) => ({ id, name }))}
      onPick={(picked) => {
        const macro = macros.find((item) => item.id === picked)
        if (macro) void applyMacro(macro, id)
      }}
      trigger={<IconButton icon="checks" label={t('macro.apply')} hint="M" />}
    />
  )
}
