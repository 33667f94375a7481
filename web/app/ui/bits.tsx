import type { ReactNode } from 'react'
import { t } from '#/text/text'
import { Button } from './button'
import { Icon, type IconName } from './icons'

/** Initials on a calm tint that stays the same for the same name. */
export function Avatar({
  name,
  size = 'md',
  ours,
}: {
  name: string
  size?: 'sm' | 'md' | 'lg'
  ours?: boolean
}) {
  const sizes = { sm: 'size-6 text-[0.625rem]', md: 'size-8 text-xs', lg: 'size-11 text-base' }
  const tint = ours ? 'bg-accent-soft text-accent' : tints[hash(name) % tints.length]
  return (
    <span
      aria-hidden="true"
      className={`grid shrink-0 select-none place-items-center rounded-full font-semibold ${tint} ${sizes[size]}`}
    >
      {initials(name)}
    </span>
  )
}

const tints = [
  'bg-warn-soft text-warn',
  'bg-ok-soft text-ok',
  'bg-danger-soft text-danger',
  'bg-sunken text-muted',
  'bg-note text-note-text',
]

function hash(text: string): number {
  let sum = 7
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return sum
}

export function initials(name: string): string {
  // Phones all begin alike; they differ by how they end.
  if (/^\+?[\d\s()-]{5,}$/.test(name.trim())) return name.replace(/\D/g, '').slice(-2)
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => [...(word ?? '?')][0]?.toUpperCase() ?? '').join('')
}

interface EmptyProps {
  icon: IconName
  title: string
  /** The title is the page's own heading. */
  page?: boolean
  children?: ReactNode
}

/** An empty place says what would be here and how to get it there. */
export function Empty({ icon, title, page, children }: EmptyProps) {
  const Heading = page ? 'h1' : 'h2'
  return (
    <div className="m-auto flex max-w-sm flex-col items-center gap-2 px-6 py-12 text-center">
      <span className="mb-1 grid size-12 place-items-center rounded-full bg-sunken text-muted">
        <Icon name={icon} className="size-6" />
      </span>
      <Heading className="text-balance font-semibold text-lg">{title}</Heading>
      <div className="flex flex-col items-center gap-3 text-pretty text-muted">{children}</div>
    </div>
  )
}

export function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <Empty icon="alert" title={t('common.loadFailed')}>
      <p>{t('common.loadFailedHelp')}</p>
      <Button onClick={onRetry}>{t('common.tryAgain')}</Button>
    </Empty>
  )
}

type Tone = 'plain' | 'ok' | 'warn' | 'danger' | 'accent'

const badgeTones: Record<Tone, string> = {
  plain: 'bg-sunken text-muted',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
  accent: 'bg-accent-soft text-accent',
}

export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex h-5 items-center whitespace-nowrap align-middle rounded-full px-2 font-medium text-xs ${badgeTones[tone]}`}
    >
      {children}
    </span>
  )
}

/** Grey lines in the shape of what is coming, so that nothing jumps when it comes. */
export function Skeleton({ rows = 6, height = 'h-16' }: { rows?: number; height?: string }) {
  return (
    <div aria-busy="true" className="flex flex-col">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <div key={row} className={`flex items-center gap-3 px-4 ${height}`}>
          <div className="size-8 shrink-0 animate-breathe rounded-full bg-sunken" />
          <div className="flex flex-1 flex-col gap-2">
            <div className="h-2.5 w-1/3 animate-breathe rounded bg-sunken" />
            <div className="h-2.5 w-4/5 animate-breathe rounded bg-sunken" />
          </div>
        </div>
      ))}
    </div>
  )
}

/** The colour of a label as a dot; a square of SVG because inline styles are not allowed here. */
export function Dot({ color, className = 'size-2.5' }: { color: string; className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 10 10" className={`shrink-0 ${className}`}>
      <circle cx="5" cy="5" r="5" fill={color || 'currentColor'} />
    </svg>
  )
}

interface MoreProps {
  /** A list that comes in pages, as an infinite query gives it. */
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
  tone?: 'quiet'
}

/** The next page of a list; nothing where there is none. */
export function More({ list, tone }: MoreProps) {
  if (!list.hasNextPage) return null
  return (
    <Button
      small
      tone={tone}
      className="self-start"
      busy={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      {t('common.showMore')}
    </Button>
  )
}
