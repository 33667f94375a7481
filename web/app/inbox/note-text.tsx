import { useMemo } from 'react'
import { useAgents } from '#/api/queries'
import { useMe } from '#/shell/session'
import { named } from './mention-match'
import { isolated, RichText } from './rich-text'

/** A note, with whom it names set apart; one's own name stands out. */
export function NoteText({ text }: { text: string }) {
  const agents = useAgents()
  const me = useMe().id
  const render = useMemo(
    () => (part: string) => {
      const found = named(part, agents)
      const ends = [0, ...found.map((one) => one.end)]
      return (
        <>
          {found.map(({ start, end, people }, index) => (
            <span key={start}>
              {isolated(part.slice(ends[index], start))}
              <bdi
                data-testid="mention"
                className={`rounded-sm px-0.5 font-medium ${people.includes(me) ? 'bg-accent text-on-accent' : 'bg-accent-soft text-accent'}`}
              >
                {part.slice(start, end)}
              </bdi>
            </span>
          ))}
          {isolated(part.slice(ends.at(-1)))}
        </>
      )
    },
    [agents, me],
  )
  return <RichText text={text} render={render} />
}
