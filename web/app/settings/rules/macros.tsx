import { useState } from 'react'
import { type Macro, useMacros, useVocabulary } from '#/api/rules'
import { listed, t } from '#/text/text'
import { Badge, Empty } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Group, RowAbout, RowItem, Rows } from '../parts'
import { MacroDialog } from './macro-dialog'
import { useMaker, useWhose } from './scope'
import { actionName } from './words'

/** Actions by one key: one's own, those of a team, those of everybody. */
export function MacrosSection() {
  const macros = useMacros()
  const vocabulary = useVocabulary()
  const maker = useMaker()
  const whose = useWhose()
  const [editing, setEditing] = useState<Macro | 'new' | null>(null)
  return (
    <Group
      help={t('macro.help')}
      aside={
        <Button tone="primary" small icon="plus" onClick={() => setEditing('new')}>
          {t('macro.add')}
        </Button>
      }
    >
      {macros.length === 0 && (
        <Empty icon="checks" title={t('macro.empty')}>
          <p>{t('macro.emptyHelp')}</p>
        </Empty>
      )}
      <Rows>
        {macros.map((macro) => (
          <RowItem key={macro.id}>
            <RowAbout aside={<Badge>{whose(macro)}</Badge>}>
              <span dir="auto" className="truncate font-medium">
                {macro.name}
              </span>
              <span dir="auto" className="truncate text-muted text-sm">
                {listed(macro.actions.map((action) => actionName(action.type)))}
              </span>
            </RowAbout>
            {(maker || macro.scope === 'mine') && (
              <Button small onClick={() => setEditing(macro)}>
                {t('common.edit')}
              </Button>
            )}
          </RowItem>
        ))}
      </Rows>
      {editing && vocabulary && (
        <MacroDialog
          macro={editing === 'new' ? null : editing}
          vocabulary={vocabulary}
          onClose={() => setEditing(null)}
        />
      )}
    </Group>
  )
}
