import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTeams } from '#/api/queries'
import { quickReplies } from '#/api/quick'
import type { QuickReply } from '#/api/types'
import { foldersOf, matching, readable } from '#/inbox/quick-match'
import { variableName } from '#/inbox/quick-names'
import { languageName } from '#/text/language'
import { t } from '#/text/text'
import { Badge, Empty, Failed, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { controlClass } from '#/ui/field'
import { Icon } from '#/ui/icons'
import { useAsked } from './asked'
import { Group, RowItem, Rows } from './parts'
import QuickDialog from './quick-dialog'

/** All quick replies that one sees, the most useful first. */
export function QuickSection() {
  const found = useQuery({ queryKey: ['quick-replies', 'all'], queryFn: () => quickReplies.list() })
  const all = found.data?.items ?? nothing
  const [search, setSearch] = useState('')
  const [folder, setFolder] = useState('')
  const [scope, setScope] = useState('')
  const [language, setLanguage] = useState('')
  const [editing, setEditing] = useState<QuickReply | 'new' | null>(null)
  useAsked('new', () => setEditing('new'))
  const words = useDeferredValue(search)
  const list = matching(all, words, folder).filter(
    (reply) => (!scope || reply.scope === scope) && (!language || reply.language === language),
  )
  const folders = foldersOf(all)
  const languages = [...new Set(all.map((reply) => reply.language))].filter(Boolean).sort()

  if (found.isError) return <Failed onRetry={() => void found.refetch()} />
  return (
    <Group
      help={t('quick.help')}
      aside={
        <Button tone="primary" small icon="plus" onClick={() => setEditing('new')}>
          {t('quick.add')}
        </Button>
      }
    >
      {all.length > 0 && (
        <div className="flex flex-wrap gap-2">
          <input
            type="search"
            aria-label={t('quick.search')}
            placeholder={t('quick.search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className={`${controlClass} h-9 min-w-0 flex-[1_1_14rem]`}
          />
          <Choice label={t('quick.scope')} any={t('quick.anyScope')} value={scope} onChange={setScope}>
            {(['mine', 'team', 'all'] as const).map((item) => (
              <option key={item} value={item}>
                {t(`quick.scope.${item}`)}
              </option>
            ))}
          </Choice>
          {folders.length > 0 && (
            <Choice label={t('quick.folder')} any={t('quick.allFolders')} value={folder} onChange={setFolder}>
              {folders.map((item) => (
                <option key={item}>{item}</option>
              ))}
            </Choice>
          )}
          {languages.length > 1 && (
            <Choice
              label={t('quick.language')}
              any={t('quick.anyLanguage')}
              value={language}
              onChange={setLanguage}
            >
              {languages.map((item) => (
                <option key={item} value={item}>
                  {languageName(item)}
                </option>
              ))}
            </Choice>
          )}
        </div>
      )}
      {found.isPending && <Skeleton />}
      {found.isSuccess && list.length === 0 && (
        <Empty icon="bolt" title={all.length === 0 ? t('quick.empty') : t('quick.nothing')}>
          <p>{all.length === 0 ? t('quick.emptyHelp') : t('quick.nothingHelp')}</p>
        </Empty>
      )}
      <Rows>
        {list.map((reply) => (
          <QuickRow key={reply.id} reply={reply} onOpen={() => setEditing(reply)} />
        ))}
      </Rows>
      {editing && (
        <QuickDialog
          reply={editing === 'new' ? null : editing}
          folders={folders}
          onClose={() => setEditing(null)}
        />
      )}
    </Group>
  )
}

function QuickRow({ reply, onOpen }: { reply: QuickReply; onOpen: () => void }) {
  const teams = useTeams()
  const team = teams.find((item) => item.id === reply.team_id)?.name
  return (
    <RowItem>
      <div data-testid="quick-row" className="flex min-w-0 flex-[1_1_14rem] flex-col gap-0.5">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span dir="auto" className="min-w-0 truncate font-medium">
            {reply.name}
          </span>
          {reply.shortcut && (
            <bdi dir="ltr" className="text-muted text-sm">
              /{reply.shortcut}
            </bdi>
          )}
          <Badge tone={reply.scope === 'all' ? 'accent' : 'plain'}>
            {team ?? t(`quick.scope.${reply.scope}`)}
          </Badge>
          {reply.language && <Badge>{reply.language.toUpperCase()}</Badge>}
          {reply.attachments.length > 0 && <Icon name="clip" className="size-4! text-muted" />}
        </span>
        <span dir="auto" className="truncate text-muted text-sm">
          {[reply.folder, readable(reply.text, variableName).replace(/\s+/g, ' ')]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {reply.problem && (
          <span role="alert" className="flex items-center gap-1.5 text-sm text-warn">
            <Icon name="alert" className="size-4!" />
            {reply.problem}
          </span>
        )}
      </div>
      <span className="numeric text-muted text-sm">
        {reply.uses > 0 ? t('quick.uses', { n: reply.uses }) : t('quick.unused')}
      </span>
      <Button small onClick={onOpen}>
        {reply.editable ? t('common.edit') : t('quick.preview')}
      </Button>
    </RowItem>
  )
}

interface ChoiceProps {
  label: string
  any: string
  value: string
  onChange: (value: string) => void
  children: React.ReactNode
}

function Choice({ label, any, value, onChange, children }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={`${controlClass} chevron h-9 w-auto! min-w-0 max-w-full pe-8!`}
    >
      <option value="">{any}</option>
      {children}
    </select>
  )
}

const nothing: QuickReply[] = []
