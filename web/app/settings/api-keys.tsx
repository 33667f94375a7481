import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { apiKeys } from '#/api/people'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Empty } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Check, Input } from '#/ui/field'
import { useKeptState } from './editor/kept-state'
import { CopyText, Form, Group, RowAbout, RowItem, Rows } from './parts'
import { KeptNote } from './rules/kept-note'
import { useSave } from './use-save'

const nouns = [
  'conversations',
  'messages',
  'contacts',
  'leads',
  'requests',
  'accounts',
  'agents',
  'teams',
] as const

export function KeysSection() {
  const list = useQuery({ queryKey: ['api-keys'], queryFn: apiKeys.list })
  const save = useSave('api-keys')
  const [adding, setAdding] = useState(false)
  const items = list.data?.items ?? []
  return (
    <Group
      help={t('apiKeys.help')}
      aside={
        <Button tone="primary" small icon="plus" onClick={() => setAdding(true)}>
          {t('apiKeys.add')}
        </Button>
      }
    >
      {list.data && items.length === 0 && (
        <Empty icon="key" title={t('apiKeys.empty')}>
          <p>{t('apiKeys.emptyHelp')}</p>
          <a
            href="/api/docs"
            target="_blank"
            rel="noreferrer"
            className="inline-flex min-h-6 items-center font-medium text-accent hover:underline"
          >
            {t('apiKeys.docs')}
          </a>
        </Empty>
      )}
      <Rows>
        {items.map((key) => (
          <RowItem key={key.id}>
            <RowAbout
              aside={
                <span dir="auto" className="max-w-full truncate text-muted text-sm sm:max-w-48">
                  {(key.scopes ?? []).length === 0 ? t('apiKeys.everything') : key.scopes.join(', ')}
                </span>
              }
            >
              <span dir="auto" className="truncate font-medium">
                {key.name}
              </span>
              <span dir="auto" className="truncate text-muted text-sm">
                <span className="font-mono">{key.prefix}…</span> ·{' '}
                {key.last_used_at
                  ? t('apiKeys.used', { time: fullTime(key.last_used_at) })
                  : t('apiKeys.neverUsed')}
              </span>
            </RowAbout>
            <Button small tone="danger" onClick={() => save.mutate(() => apiKeys.remove(key.id))}>
              {t('apiKeys.revoke')}
            </Button>
          </RowItem>
        ))}
      </Rows>
      {adding && <KeyDialog onClose={() => setAdding(false)} />}
    </Group>
  )
}

/** What a key is to be called, and what it is to be good for. */
interface Wish {
  name: string
  whole: boolean
  scopes: string[]
}

const anything: Wish = { name: '', whole: true, scopes: [] }

function KeyDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const [written, setWritten, finish, discard] = useKeptState<Wish>('api-key', 'new', anything)
  const { name, whole, scopes } = written
  const edit = (change: Partial<Wish>) => setWritten({ ...written, ...change })
  // The key itself is kept nowhere.
  const [key, setKey] = useState('')

  async function submit(): Promise<void> {
    const made = await apiKeys.create({ name, scopes: whole ? [] : scopes })
    void queries.invalidateQueries({ queryKey: ['api-keys'] })
    finish()
    setKey(made.key ?? '')
  }

  const toggle = (scope: string, on: boolean) =>
    edit({ scopes: on ? [...scopes, scope] : scopes.filter((item) => item !== scope) })

  function cancel(): void {
    finish()
    onClose()
  }

  return (
    <Dialog open onClose={onClose} title={t('apiKeys.add')}>
      {key ? (
        <div className="flex flex-col gap-4">
          <p className="text-pretty text-muted">{t('apiKeys.once')}</p>
          <CopyText label={t('apiKeys.key')} text={key} />
          <Button tone="primary" className="self-end" onClick={onClose}>
            {t('common.done')}
          </Button>
        </div>
      ) : (
        <Form submit={t('apiKeys.add')} onSubmit={submit} onCancel={cancel}>
          {(errors) => (
            <>
              {discard && <KeptNote onDiscard={discard} />}
              <Input
                label={t('apiKeys.name')}
                required
                autoFocus
                value={name}
                error={errors.name}
                onChange={(event) => edit({ name: event.target.value })}
              />
              <Check
                label={t('apiKeys.everything')}
                checked={whole}
                onChange={(event) => edit({ whole: event.target.checked })}
              />
              {!whole && (
                <div className="grid grid-cols-2 gap-x-4">
                  {nouns.flatMap((noun) =>
                    ['read', 'write'].map((verb) => (
                      <Check
                        key={`${noun}:${verb}`}
                        label={<span className="font-mono text-sm">{`${noun}:${verb}`}</span>}
                        checked={scopes.includes(`${noun}:${verb}`)}
                        onChange={(event) => toggle(`${noun}:${verb}`, event.target.checked)}
                      />
                    )),
                  )}
                </div>
              )}
            </>
          )}
        </Form>
      )}
    </Dialog>
  )
}
