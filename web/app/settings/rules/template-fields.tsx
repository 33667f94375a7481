import { useQuery } from '@tanstack/react-query'
import { messageTemplates, preview } from '#/api/templates'
import { languageName } from '#/text/language'
import { t } from '#/text/text'
import { Select } from '#/ui/field'
import type { ActionInputProps } from './action-inputs'
import { WordingField } from './wording-field'

/** An approved template and what stands for its values; channels that lack it refuse it, and the log says so. */
export function TemplateFields({ action, errors, variables, onChange }: ActionInputProps) {
  const list = useQuery({ queryKey: ['message-templates'], queryFn: () => messageTemplates.list() })
  const usable = (list.data?.items ?? []).filter((item) => item.state === 'approved' && item.file === '')
  // Accounts may have templates of one name; by name and language they are the same to a trigger.
  const key = (name: string, language: string) => `${language} ${name}`
  const all = new Map(usable.map((item) => [key(item.name, item.language), item]))
  const chosen = all.get(key(action.template ?? '', action.language ?? ''))
  const values = action.values ?? []
  return (
    <>
      <Select
        label={t('action.template')}
        help={list.data && all.size === 0 ? t('action.templateNone') : chosen && preview(chosen, values)}
        value={chosen ? key(chosen.name, chosen.language) : ''}
        error={errors('template') ?? errors('values')}
        onChange={(event) => {
          const next = all.get(event.target.value)
          if (next)
            onChange({
              ...action,
              template: next.name,
              language: next.language,
              values: next.params.map((_, index) => values[index] ?? ''),
            })
        }}
      >
        <option value="" disabled>
          {action.template || t('rule.choose')}
        </option>
        {[...all].map(([id, item]) => (
          <option key={id} value={id}>
            {item.name} ({languageName(item.language)})
          </option>
        ))}
      </Select>
      {chosen?.params.map((param, index) => (
        <WordingField
          key={param}
          label={t('action.templateValue', { name: param })}
          value={values[index] ?? ''}
          error={errors(`values[${index}]`)}
          variables={variables}
          onChange={(text) => onChange({ ...action, values: values.with(index, text) })}
        />
      ))}
    </>
  )
}
