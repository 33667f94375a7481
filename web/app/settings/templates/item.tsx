import { preview } from '#/api/templates'
import type { MessageTemplate } from '#/api/types'
import { categoryName, stateName } from '#/inbox/template-words'
import { languageName } from '#/text/language'
import { t } from '#/text/text'
import { Badge } from '#/ui/bits'

const tones: Record<string, 'ok' | 'warn' | 'danger'> = { approved: 'ok', rejected: 'danger', paused: 'warn' }

const files: Record<string, () => string> = {
  image: () => t('template.file.image'),
  video: () => t('template.file.video'),
  document: () => t('template.file.document'),
}

/** One template: how it reads, in which language, and whether it may be sent. */
export function TemplateItem({ template }: { template: MessageTemplate }) {
  const file = files[template.file]
  return (
    <article aria-label={template.name} className="flex flex-col gap-2 rounded-lg border border-line p-4">
      <header className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h3 dir="auto" className="min-w-0 truncate font-semibold">
          {template.name}
        </h3>
        <span dir="auto" className="min-w-0 flex-1 truncate text-muted text-sm">
          {[languageName(template.language), categoryName(template.category)].filter(Boolean).join(' · ')}
        </span>
        <Badge tone={tones[template.state] ?? 'plain'}>{stateName(template.state)}</Badge>
      </header>
      {template.reason && (
        <p dir="auto" className="text-danger text-sm [overflow-wrap:anywhere]">
          {template.state === 'unsupported'
            ? t('template.cannot')
            : t('template.reason', { reason: template.reason })}
        </p>
      )}
      <div className="flex flex-col gap-2 rounded-md bg-sunken px-3 py-2.5">
        {file && <p className="text-muted text-sm">{file()}</p>}
        <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          {preview(template, [])}
        </p>
        {template.buttons.length > 0 && (
          <ul className="flex flex-wrap gap-1.5">
            {template.buttons.map((button) => (
              <li
                key={`${button.text} ${button.url}`}
                className="rounded-md border border-line bg-surface px-2 py-0.5 text-sm"
              >
                {button.text}
              </li>
            ))}
          </ul>
        )}
      </div>
    </article>
  )
}
