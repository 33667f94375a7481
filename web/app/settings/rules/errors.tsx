import { t } from '#/text/text'
import { reveal } from '../parts'
import { type Branch, numberRows } from './condition'

/** What a field error concerns, in the words of the page: "Condition 2", "Action 1". */
export function placeName(path: string, root: Branch | null): string {
  const action = /^actions\[(\d+)\]/.exec(path)
  if (action) return t('action.number', { n: Number(action[1]) + 1 })
  if (path.startsWith('conditions')) {
    const row = root && numberRows(root, 'conditions').find((item) => path.startsWith(`${item.path}.`))
    return row ? t('rule.row', { n: row.number }) : t('rule.conditions')
  }
  if (path.startsWith('after')) return t('trigger.when')
  if (path === 'name') return t('rule.name')
  return ''
}

interface WrongProps {
  errors: Record<string, string>
  root?: Branch
}

/** Everything that kept a form from being saved, each named by its place, above the buttons. */
export function Wrong({ errors, root }: WrongProps) {
  const list = Object.entries(errors)
  if (list.length === 0) return null
  return (
    <div ref={reveal} role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
      <p className="font-medium">{t('rule.notSaved')}</p>
      <ul className="list-disc ps-5">
        {list.map(([path, text]) => {
          const place = placeName(path, root ?? null)
          return <li key={path}>{place ? `${place}: ${text}` : text}</li>
        })}
      </ul>
    </div>
  )
}

/** problemText is a trigger's problem, with its place said in words. */
export function problemText(problem: string, root: Branch): string {
  const [, path = '', text = problem] = /^([\w.[\]]+): (.*)$/s.exec(problem) ?? []
  const place = path ? placeName(path, root) : ''
  return place ? `${place}: ${text}` : text
}
