import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { agents, session } from '#/api/people'
import type { Agent, Language } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { signOut, updateMe, useMe } from '#/shell/session'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Badge } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Check, Input, Select } from '#/ui/field'
import { type Prefs, setPrefs, usePrefs } from '#/ui/prefs'
import { say } from '#/ui/toast'
import { Install } from './install'
import { LanguageOptions } from './languages'
import { Form, Group, RowItem, Rows } from './parts'
import { Signature } from './signature'
import { useSave } from './use-save'

export function ProfileSection() {
  const me = useMe()
  const queries = useQueryClient()

  async function save(change: Partial<Agent>): Promise<void> {
    try {
      await updateMe(await agents.update(me.id, change), queries)
      say(t('common.saved'))
    } catch (error) {
      say(errorText(error), { tone: 'error' })
    }
  }

  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <NameForm name={me.name} onSave={(name) => void save({ name })} />
        <Select
          label={t('profile.language')}
          value={me.language}
          onChange={(event) => void save({ language: event.target.value as Language })}
        >
          <LanguageOptions />
        </Select>
      </div>
      <Signature html={me.signature ?? ''} onSave={(signature) => save({ signature })} />
      <Look />
      <Install />
      <Password />
      <Sessions />
      <Button icon="door" className="self-start" onClick={() => void signOut(queries)}>
        {t('nav.signOut')}
      </Button>
    </>
  )
}

function NameForm({ name, onSave }: { name: string; onSave: (name: string) => void }) {
  const [text, setText] = useState(name)
  const changed = text.trim() !== '' && text.trim() !== name
  return (
    <Input
      label={t('person.name')}
      autoComplete="name"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => changed && onSave(text.trim())}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}

function Look() {
  const prefs = usePrefs()
  return (
    <Group title={t('profile.look')} help={t('profile.lookHelp')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t('profile.theme')}
          value={prefs.theme}
          onChange={(event) => setPrefs({ theme: event.target.value as Prefs['theme'] })}
        >
          <option value="system">{t('profile.theme.system')}</option>
          <option value="light">{t('profile.theme.light')}</option>
          <option value="dark">{t('profile.theme.dark')}</option>
        </Select>
        <Select
          label={t('profile.density')}
          value={prefs.density}
          onChange={(event) => setPrefs({ density: event.target.value as Prefs['density'] })}
        >
          <option value="comfortable">{t('profile.density.comfortable')}</option>
          <option value="compact">{t('profile.density.compact')}</option>
        </Select>
      </div>
      <Check
        label={t('profile.keys')}
        help={t('profile.keysHelp')}
        checked={prefs.keys}
        onChange={(event) => setPrefs({ keys: event.target.checked })}
      />
    </Group>
  )
}

function Password() {
  const { email } = useMe()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')

  async function submit(): Promise<void> {
    await session.changePassword({ current, new: next })
    setCurrent('')
    setNext('')
    say(t('profile.passwordChanged'))
  }

  return (
    <Group title={t('person.password')}>
      <Form submit={t('profile.changePassword')} onSubmit={submit}>
        {(errors) => (
          <div className="grid gap-4 sm:grid-cols-2">
            {/* Password managers need to know whose password this is. */}
            <input type="text" hidden readOnly autoComplete="username" value={email} />
            <Input
              label={t('profile.currentPassword')}
              type="password"
              autoComplete="current-password"
              required
              value={current}
              error={errors.current}
              onChange={(event) => setCurrent(event.target.value)}
            />
            <Input
              label={t('person.newPassword')}
              type="password"
              autoComplete="new-password"
              required
              minLength={10}
              help={t('person.passwordHelp')}
              value={next}
              error={errors.new}
              onChange={(event) => setNext(event.target.value)}
            />
          </div>
        )}
      </Form>
    </Group>
  )
}

function Sessions() {
  const list = useQuery({ queryKey: ['sessions'], queryFn: session.list })
  const save = useSave('sessions')
  return (
    <Group title={t('profile.sessions')} help={t('profile.sessionsHelp')}>
      <Rows>
        {(list.data?.items ?? []).map((item) => (
          <RowItem key={item.id}>
            <div className="flex min-w-0 flex-1 flex-col">
              <span dir="auto" className="truncate">
                {browserName(item.user_agent)}
              </span>
              <span className="numeric text-muted text-sm">
                <bdi>{item.ip}</bdi> · <bdi>{fullTime(item.last_seen_at)}</bdi>
              </span>
            </div>
            {item.current ? (
              <Badge tone="ok">{t('profile.thisSession')}</Badge>
            ) : (
              <Button small onClick={() => save.mutate(() => session.end(item.id))}>
                {t('profile.endSession')}
              </Button>
            )}
          </RowItem>
        ))}
      </Rows>
    </Group>
  )
}

/** A browser and a system, as people call them; the rest of the string says nothing to anybody. */
function browserName(agent: string): string {
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : (/(Firefox|OPR|YaBrowser|Chrome|Safari)\//.exec(agent)?.[1] ?? '')
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1] ?? ''
  return (
    [browser.replace('OPR', 'Opera'), system.replace('Mac OS X', 'macOS')].filter(Boolean).join(', ') ||
    agent ||
    '—'
  )
}
