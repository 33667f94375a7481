import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAccounts } from '#/api/queries'
import { routing } from '#/api/routing'
import { channelName } from '#/inbox/channel'
import { ChannelMark } from '#/inbox/channel-mark'
import { t } from '#/text/text'
import { controlClass } from '#/ui/field'
import { say } from '#/ui/toast'
import { Form, Group } from '../parts'

/** What a conversation of each channel takes of what a person may hold: a chat may be half a mail. */
export function Weights() {
  const weights = useQuery({ queryKey: ['weights'], queryFn: routing.weights }).data?.weights
  const kinds = [...new Set(useAccounts().map((one) => one.kind))]
  if (!weights || kinds.length === 0) return null
  return (
    <Group title={t('weights.title')} help={t('weights.help')}>
      <WeightForm key={JSON.stringify(weights)} weights={weights} kinds={kinds} />
    </Group>
  )
}

function WeightForm({ weights, kinds }: { weights: Record<string, number>; kinds: string[] }) {
  const queries = useQueryClient()
  const [draft, setDraft] = useState(weights)

  async function save(): Promise<void> {
    await routing.setWeights(draft)
    void queries.invalidateQueries({ queryKey: ['weights'] })
    void queries.invalidateQueries({ queryKey: ['board'] })
    say(t('common.saved'))
  }

  return (
    <Form submit={t('common.save')} onSubmit={save}>
      {(errors) => (
        <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {kinds.map((kind) => (
            <label key={kind} className="flex items-center gap-2.5">
              <ChannelMark kind={kind} />
              <span dir="auto" className="min-w-0 flex-1 truncate">
                {channelName(kind)}
              </span>
              <input
                type="number"
                min={0}
                max={100}
                aria-invalid={errors[`weights.${kind}`] ? true : undefined}
                title={errors[`weights.${kind}`]}
                value={draft[kind] ?? 1}
                onChange={(event) => setDraft({ ...draft, [kind]: Math.round(Number(event.target.value)) })}
                className={`${controlClass} numeric h-9 w-20!`}
              />
            </label>
          ))}
        </div>
      )}
    </Form>
  )
}
