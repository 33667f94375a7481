import { useInfiniteQuery } from '@tanstack/react-query'
import { triggers as api, type Trigger, type TriggerWebhook } from '#/api/rules'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Badge, Empty, Failed, More, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { CopyText, Group } from '../parts'
import { useSave } from '../use-save'

const tones = { waiting: 'warn', done: 'ok', failed: 'danger' } as const

/** The calls that a trigger made, what was answered, and a way to make one again. */
export function WebhookLog({ trigger }: { trigger: Trigger }) {
  const list = useInfiniteQuery({
    queryKey: ['trigger-webhooks', trigger.id],
    queryFn: ({ pageParam }) => api.webhooks(trigger.id, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some((item) => item.state === 'waiting'))
        ? 3_000
        : false,
  })
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)
  return (
    <Group help={t('hook.help')}>
      {trigger.webhook_secret && <CopyText label={t('hook.secret')} text={trigger.webhook_secret} />}
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={3} />}
      {list.data && items.length === 0 && (
        <Empty icon="plug" title={t('hook.empty')}>
          <p>{t('hook.emptyHelp')}</p>
        </Empty>
      )}
      <ul className="flex flex-col gap-1.5">
        {items.map((hook) => (
          <HookItem key={hook.id} hook={hook} />
        ))}
      </ul>
      <More list={list} />
    </Group>
  )
}

function HookItem({ hook }: { hook: TriggerWebhook }) {
  const save = useSave('trigger-webhooks')
  return (
    <li className="rounded-lg border border-line bg-surface px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={tones[hook.state]}>{t(`hook.${hook.state}`)}</Badge>
        <time dateTime={hook.created_at} className="text-sm">
          {fullTime(hook.created_at)}
        </time>
        <span dir="auto" className="min-w-0 flex-[1_1_10rem] truncate text-muted text-sm" title={hook.url}>
          {hook.url}
        </span>
        <Button
          small
          icon="undo"
          disabled={hook.state === 'waiting'}
          busy={save.isPending}
          onClick={() => save.mutate(() => api.replay(hook.id))}
        >
          {t('hook.replay')}
        </Button>
      </div>
      <p className="pt-1 text-muted text-sm">
        {[
          hook.status ? t('hook.status', { status: String(hook.status) }) : '',
          t('hook.tries', { n: hook.tries }),
        ]
          .filter(Boolean)
          .join(' · ')}
        {hook.error && <span className="text-danger"> — {hook.error}</span>}
      </p>
      <details className="text-sm">
        <summary className="min-h-6 cursor-pointer">{t('hook.body')}</summary>
        <textarea
          readOnly
          aria-label={t('hook.body')}
          rows={10}
          value={pretty(hook.body)}
          className="scroller w-full resize-y rounded-md border border-line bg-sunken p-2 font-mono text-xs"
        />
      </details>
    </li>
  )
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}
