import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { conversations } from '#/api/inbox'
import { triggers as api, type Run, type Trigger } from '#/api/rules'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Badge, Empty, Failed, More, Skeleton } from '#/ui/bits'
import { Icon } from '#/ui/icons'
import { ExplainTree } from './explain'
import { useTeller } from './explain-words'
import { Steps } from './steps'

const tones: Record<Run['outcome'], 'ok' | 'warn' | 'danger' | 'plain'> = {
  done: 'ok',
  failed: 'danger',
  waiting: 'warn',
  stopped: 'plain',
  refused: 'danger',
}

/** What a trigger did, the newest first; the one that a link names stands open above the others. */
export function RunLog({ trigger }: { trigger: Trigger }) {
  const { run: wanted } = useSearch({ strict: false })
  const named = useQuery({
    queryKey: ['trigger-run', wanted],
    queryFn: () => api.run(wanted ?? ''),
    enabled: wanted !== undefined,
  }).data
  const list = useInfiniteQuery({
    queryKey: ['trigger-runs', trigger.id],
    queryFn: ({ pageParam }) => api.runs(trigger.id, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const items = (list.data?.pages ?? []).flatMap((page) => page.items).filter((run) => run.id !== named?.id)
  return (
    <div className="flex flex-col gap-3">
      {list.isError && <Failed onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={3} />}
      {list.data && items.length === 0 && !named && (
        <Empty icon="clock" title={t('run.empty')}>
          <p>{t('run.emptyHelp')}</p>
        </Empty>
      )}
      <ul className="flex flex-col gap-1.5">
        {named && <RunItem key={named.id} run={named} open />}
        {items.map((run) => (
          <RunItem key={run.id} run={run} />
        ))}
      </ul>
      <More list={list} />
    </div>
  )
}

function RunItem({ run, open }: { run: Run; open?: boolean }) {
  const because = useTeller().because(run.why)
  return (
    <li>
      <details open={open} className="group rounded-lg border border-line bg-surface px-3 py-2">
        <summary className="flex min-h-6 cursor-pointer flex-wrap items-center gap-x-2 gap-y-0.5">
          <Badge tone={tones[run.outcome]}>{t(`run.${run.outcome}`)}</Badge>
          <time dateTime={run.at} className="text-sm">
            {fullTime(run.at)}
          </time>
          <span dir="auto" className="min-w-0 flex-[1_1_8rem] truncate text-muted text-sm">
            {because || t('explain.always')}
          </span>
          <Icon name="down" className="text-muted group-open:rotate-180" />
        </summary>
        <div className="flex flex-col gap-3 pt-2.5">
          <RunBody run={run} />
          {run.conversation_id && <ConversationLink id={run.conversation_id} />}
        </div>
      </details>
    </li>
  )
}

/** What came of a run, and why it was begun. */
export function RunBody({ run }: { run: Run }) {
  return (
    <>
      {run.problem && <p className="text-danger text-sm">{run.problem}</p>}
      {run.steps.length > 0 && (
        <section className="flex flex-col gap-1">
          <h4 className="font-medium text-muted text-sm">{t('run.did')}</h4>
          <Steps steps={run.steps} />
        </section>
      )}
      <section className="flex flex-col gap-1">
        <h4 className="font-medium text-muted text-sm">{t('explain.why')}</h4>
        <ExplainTree why={run.why} />
      </section>
    </>
  )
}

/** The conversation by the name of its contact; its number is enough until that is known. */
function ConversationLink({ id }: { id: string }) {
  const conversation = useQuery({
    queryKey: ['conversations', id],
    queryFn: () => conversations.get(id),
  }).data
  return (
    <Link
      to="/inbox/$id"
      params={{ id }}
      className="flex min-h-6 items-center self-start font-medium text-accent text-sm hover:underline"
    >
      {conversation
        ? `${conversation.contact_name || t('contact.nameless')} ${t('common.number', { number: conversation.number })}`
        : t('rule.openConversation')}
    </Link>
  )
}
