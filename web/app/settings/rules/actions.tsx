import { t } from '#/text/text'
import { Button, IconButton } from '#/ui/button'
import { Menu } from '#/ui/menu'
import { type ActionDraft, startAction } from './action-draft'
import { ActionInputs } from './action-inputs'
import { MoveHandle, moved, moveItems } from './reorder'
import { actionName } from './words'

interface ActionsProps {
  actions: ActionDraft[]
  /** The types that are offered. */
  types: string[]
  variables: string[]
  errors: Record<string, string>
  onChange: (actions: ActionDraft[]) => void
}

/** What is done, in its order: each with its inputs, moved by drag, keys or menu. */
export function ActionList({ actions, types, variables, errors, onChange }: ActionsProps) {
  const move = (from: number, to: number) => onChange(moved(actions, from, to))
  return (
    <div className="flex flex-col gap-2">
      <ol className="flex flex-col gap-2 empty:hidden">
        {actions.map((action, index) => {
          const at = `actions[${index}]`
          const wrong = errors[`${at}.type`]
          return (
            <li
              key={action.key}
              aria-label={t('action.number', { n: index + 1 })}
              className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-3"
            >
              <div className="flex items-center gap-1.5">
                <MoveHandle
                  name={actionName(action.type)}
                  index={index}
                  count={actions.length}
                  onMove={move}
                />
                <h4 dir="auto" className="min-w-0 flex-1 truncate font-medium">
                  {index + 1}. {actionName(action.type)}
                </h4>
                <Menu
                  trigger={<IconButton icon="more" label={t('action.more', { n: index + 1 })} />}
                  items={[
                    ...moveItems(index, actions.length, move),
                    {
                      id: 'remove',
                      name: t('common.delete'),
                      icon: 'close',
                      danger: true,
                      run: () => onChange(actions.filter((item) => item !== action)),
                    },
                  ]}
                />
              </div>
              {wrong && (
                <p role="alert" className="text-danger text-sm">
                  {wrong}
                </p>
              )}
              <ActionInputs
                action={action}
                errors={(name) => errors[`${at}.${name}`]}
                variables={variables}
                onChange={(next) => onChange(actions.map((item, i) => (i === index ? next : item)))}
              />
            </li>
          )
        })}
      </ol>
      {errors.actions && (
        <p role="alert" className="text-danger text-sm">
          {errors.actions}
        </p>
      )}
      <Menu
        trigger={
          <Button small icon="plus" className="self-start">
            {t('action.add')}
          </Button>
        }
        items={types.map((type) => ({
          id: type,
          name: actionName(type),
          run: () => onChange([...actions, startAction(type)]),
        }))}
      />
    </div>
  )
}
