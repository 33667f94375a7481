import type { RuleField } from '#/api/rules'
import { t } from '#/text/text'
import { Button, IconButton } from '#/ui/button'
import { InlineSelect } from '#/ui/field'
import { type Branch, newBranch, newRow, numberRows, type Part, partsPath } from './condition'
import { ConditionRow } from './condition-row'
import { about } from './ops'

interface BuilderProps {
  fields: RuleField[]
  value: Branch
  onChange: (value: Branch) => void
  /** What was wrong, by path; those below `path` are shown at the rows they concern. */
  errors: Record<string, string>
  path?: string
  /** What having no condition at all means. */
  always: string
}

/** Conditions put together from rows and groups, over whatever fields there are. */
export function ConditionBuilder(props: BuilderProps) {
  const { path = 'conditions', value, always, errors } = props
  const numbers = new Map(numberRows(value, path).map(({ row, number }) => [row.key, number]))
  return (
    <div className="flex flex-col gap-2">
      {value.parts.length === 0 && <p className="text-muted text-sm">{always}</p>}
      <Group {...props} path={path} branch={value} numbers={numbers} depth={0} onChange={props.onChange} />
      {errors[path] && (
        <p role="alert" className="text-danger text-sm">
          {errors[path]}
        </p>
      )}
    </div>
  )
}

interface GroupProps extends Omit<BuilderProps, 'onChange'> {
  path: string
  branch: Branch
  numbers: Map<string, number>
  depth: number
  onChange: (branch: Branch) => void
  onRemove?: () => void
}

/** Groups in groups beyond this are hard to read, so no more are offered. */
const deepest = 3

function Group(props: GroupProps) {
  const { branch, path, depth, fields, numbers, errors, onChange, onRemove } = props
  const below = partsPath(branch, path)
  const set = (parts: Part[]) => onChange({ ...branch, parts })
  const replace = (index: number, part: Part) =>
    set(branch.parts.map((item, at) => (at === index ? part : item)))
  const remove = (index: number) => set(branch.parts.filter((_, at) => at !== index))
  const first = fields[0]

  return (
    <div
      role="group"
      aria-label={t(depth === 0 ? 'rule.conditions' : 'rule.group')}
      className={
        depth === 0
          ? 'flex flex-col gap-2'
          : 'flex flex-col gap-2 rounded-lg border border-line border-s-2 border-s-accent bg-bg p-2.5'
      }
    >
      {(branch.parts.length > 1 || branch.kind !== 'all' || depth > 0) && (
        <div className="flex items-center justify-between gap-2">
          <InlineSelect
            label={t('rule.groupKind')}
            value={branch.kind}
            onChange={(event) => onChange({ ...branch, kind: event.target.value as Branch['kind'] })}
            className="font-medium"
          >
            <option value="all">{t('rule.all')}</option>
            <option value="any">{t('rule.any')}</option>
            <option value="none">{t('rule.none')}</option>
          </InlineSelect>
          {onRemove && <IconButton icon="close" label={t('rule.removeGroup')} onClick={onRemove} />}
        </div>
      )}
      {branch.parts.map((part, index) =>
        part.kind === 'row' ? (
          <ConditionRow
            key={part.key}
            row={part}
            number={numbers.get(part.key) ?? 0}
            fields={fields}
            errors={errors}
            path={`${below}[${index}]`}
            onChange={(row) => replace(index, row)}
            onRemove={() => remove(index)}
          />
        ) : (
          <Group
            {...props}
            key={part.key}
            branch={part}
            depth={depth + 1}
            path={`${below}[${index}]`}
            onChange={(next) => replace(index, next)}
            onRemove={() => remove(index)}
          />
        ),
      )}
      {errors[below] && (
        <p role="alert" className="text-danger text-sm">
          {errors[below]}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          small
          icon="plus"
          disabled={!first}
          onClick={() => first && set([...branch.parts, about(newRow(), first)])}
        >
          {t('rule.addCondition')}
        </Button>
        {depth < deepest && (
          <Button
            small
            tone="quiet"
            icon="plus"
            disabled={!first}
            onClick={() => first && set([...branch.parts, newBranch('any', [about(newRow(), first)])])}
          >
            {t('rule.addGroup')}
          </Button>
        )}
      </div>
    </div>
  )
}
