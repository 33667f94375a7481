import { useInbox } from '#/live/store'
import { listed, t } from '#/text/text'
import { Icon } from '#/ui/icons'

/** Colleagues who look at this or write in it now; in their absence, what it is about. */
export function Presence({ id, subject }: { id: string; subject: string }) {
  const marks = useInbox((state) => state.marks)
  const here = marks.filter((mark) => mark.conversation === id && mark.kind !== 'visitor')
  const writing = here.filter((mark) => mark.what === 'typing')
  const looking = here.filter(
    (mark) => mark.what === 'viewing' && !writing.some((other) => other.key === mark.key),
  )
  if (writing.length > 0) {
    const names = listed(writing.map((mark) => mark.name))
    const note = writing.every((mark) => mark.kind === 'note')
    return (
      <p role="status" className="flex items-center gap-1 truncate text-sm text-warn">
        <Icon name="reply" className="size-3.5!" />
        {note ? t('thread.writesNote', { names }) : t('thread.writesReply', { names })}
      </p>
    )
  }
  if (looking.length > 0) {
    return (
      <p role="status" className="flex items-center gap-1 truncate text-muted text-sm">
        <Icon name="eye" className="size-3.5!" />
        {t('thread.views', { names: listed(looking.map((mark) => mark.name)) })}
      </p>
    )
  }
  return subject ? (
    <p dir="auto" className="truncate text-muted text-sm">
      {subject}
    </p>
  ) : null
}
