import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useId, useRef } from 'react'
import { quickReplies } from '#/api/quick'
import type { ID, QuickReply } from '#/api/types'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'
import { piece } from '#/ui/piece'
import { QuickBlanks } from './quick-blanks'
import { foldersOf, readable } from './quick-match'
import { variableName } from './quick-names'
import type { Quick } from './quick-use'
import { useSuggests } from './suggests'

const QuickDialog = piece(() => import('#/settings/quick-dialog'))

/** Where a new quick reply is written; beside the composer, which takes the files that are dropped on it. */
export function QuickWriter({ quick, onClose }: { quick: Quick; onClose: () => void }) {
  return (
    <Suspense>
      <QuickDialog
        reply={null}
        folders={foldersOf(quick.all)}
        onClose={() => {
          onClose()
          quick.back()
        }}
      />
    </Suspense>
  )
}

/** What "/" finds, above the text that is being written. The text keeps the focus. */
export function QuickPanel({ quick, onWrite }: { quick: Quick; onWrite: () => void }) {
  const { list, all, at, asking, folder } = quick
  const shown = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen is brought into sight
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const id = useId()
  const current = list[at]
  useSuggests(id, quick.open && !asking && current ? id + current.id : undefined)
  if (!quick.open) return null
  return (
    <section
      data-testid="quick-panel"
      aria-label={t('quick.title')}
      className="mx-2 mt-2 overflow-hidden rounded-lg border border-line bg-raised shadow-pop"
    >
      {quick.problem && (
        <p role="alert" className="bg-danger-soft px-3 py-1.5 text-danger text-sm">
          {quick.problem}
        </p>
      )}
      {asking ? (
        <QuickBlanks key={asking.reply.id} quick={quick} asking={asking} />
      ) : (
        <>
          <Folders folders={foldersOf(all)} open={folder} onOpen={quick.setFolder} />
          {list.length === 0 && (
            <p className="px-3 py-3 text-muted text-sm">
              {quick.loading ? t('quick.loading') : t('quick.none')}{' '}
              {!quick.loading && (
                <button type="button" className="font-medium text-accent" onClick={onWrite}>
                  {t('quick.manage')}
                </button>
              )}
            </p>
          )}
          <div className="grid sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
            <div
              id={id}
              role="listbox"
              aria-label={t('quick.title')}
              className="scroller max-h-56 overflow-y-auto p-1"
            >
              {list.slice(0, 50).map((reply, index) => (
                <div key={reply.id} ref={index === at ? shown : null}>
                  <Row
                    id={id + reply.id}
                    reply={reply}
                    on={index === at}
                    onOver={() => quick.setAt(index)}
                    onPick={() => void quick.choose(reply)}
                  />
                </div>
              ))}
            </div>
            {current && <Look key={current.id} reply={current} conversation={quick.conversation} />}
          </div>
        </>
      )}
    </section>
  )
}

/** The reply as the contact would read it; until that is known, as it stands. */
function Look({ reply, conversation }: { reply: QuickReply; conversation: ID }) {
  const found = useQuery({
    queryKey: ['quick-replies', 'look', reply.id, conversation],
    queryFn: () =>
      quickReplies.render(reply.id, { conversation_id: conversation, partial: true, look: true }),
    enabled: !reply.problem,
    staleTime: 30_000,
  })
  return (
    <p
      dir="auto"
      data-testid="quick-preview"
      className="scroller hidden max-h-56 overflow-y-auto whitespace-pre-wrap border-line border-s px-3 py-2 text-muted text-sm [overflow-wrap:anywhere] sm:block"
    >
      {found.data?.text ?? readable(reply.text, variableName)}
    </p>
  )
}

interface RowProps {
  id: string
  reply: QuickReply
  on: boolean
  onOver: () => void
  onPick: () => void
}

function Row({ id, reply, on, onOver, onPick }: RowProps) {
  return (
    <button
      id={id}
      type="button"
      role="option"
      aria-selected={on}
      data-testid="quick-option"
      // The cursor stays in the text.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={on ? undefined : onOver}
      onClick={onPick}
      className={`flex min-h-10 w-full flex-col justify-center rounded-md px-2.5 py-1 text-start sm:min-h-8 ${on ? 'bg-hover' : ''}`}
    >
      <span className="flex w-full items-center gap-2">
        {reply.problem && <Icon name="alert" className="size-4! text-warn" />}
        <span dir="auto" className="min-w-0 truncate font-medium">
          {reply.name}
        </span>
        {reply.shortcut && (
          <span dir="auto" className="min-w-0 shrink truncate text-muted text-sm">
            /{reply.shortcut}
          </span>
        )}
        <span className="ms-auto flex shrink-0 items-center gap-1.5 text-muted text-xs">
          {reply.attachments.length > 0 && <Icon name="clip" className="size-3.5!" />}
          {reply.language.toUpperCase()}
        </span>
      </span>
      <span dir="auto" className="w-full truncate text-muted text-sm sm:hidden">
        {readable(reply.text, variableName)}
      </span>
    </button>
  )
}

function Folders({
  folders,
  open,
  onOpen,
}: {
  folders: string[]
  open: string
  onOpen: (folder: string) => void
}) {
  if (folders.length === 0) return null
  return (
    <div className="scroller flex gap-1 overflow-x-auto border-line border-b px-2 py-1.5">
      {['', ...folders].map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === open}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onOpen(name)}
          className="h-6 shrink-0 rounded-md px-2 text-muted text-sm hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent"
        >
          {name || t('common.all')}
        </button>
      ))}
    </div>
  )
}
