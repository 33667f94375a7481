import { useEffect, useState } from 'react'
import type { Conversation, Limits } from '#/api/types'
import { t } from '#/text/text'
import { span } from '#/text/time'
import { Button } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { type SendTemplate, TemplatePicker } from './template-picker'
import { templateSender } from './template-send'

/** windowOpen tells whether free text is taken now; time goes on while a page is open. */
export function windowOpen(limits: Limits | undefined, now: number): boolean {
  if (!limits || limits.window_seconds === 0) return true
  return limits.window_closes_at ? now < Date.parse(limits.window_closes_at) : limits.window_open
}

/** useNow is the time, renewed twice a minute. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

interface WindowLineProps {
  conversation: Conversation
  limits: Limits
  now: number
}

/** Until when free text is taken, and what can be done once it is not. */
export function WindowLine({ conversation, limits, now }: WindowLineProps) {
  const [picking, setPicking] = useState<{ send: SendTemplate } | null>(null)
  if (limits.window_seconds === 0) return null
  const open = windowOpen(limits, now)
  const left = limits.window_closes_at ? Date.parse(limits.window_closes_at) - now : 0
  return (
    <div
      role="status"
      data-testid="composer-window"
      data-open={open}
      className={`flex flex-wrap items-center gap-2 border-line border-b px-3.5 py-1.5 text-sm ${open ? 'text-muted' : 'text-warn'}`}
    >
      <Icon name={open ? 'clock' : 'alert'} className="size-4!" />
      <span className="min-w-0 flex-1">{words(open, left, limits)}</span>
      {limits.templates && (
        <Button small onClick={() => setPicking({ send: templateSender(conversation.id) })}>
          {t('template.choose')}
        </Button>
      )}
      {picking && (
        <TemplatePicker
          account={conversation.account_id}
          send={picking.send}
          onClose={() => setPicking(null)}
        />
      )}
    </div>
  )
}

function words(open: boolean, left: number, limits: Limits): string {
  if (open) return t('window.open', { left: span(left) })
  if (!limits.window_closes_at) return t('window.never')
  return t('window.closed', { ago: span(-left) })
}
