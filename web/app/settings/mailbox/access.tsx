import { useState } from 'react'
import { accounts as api } from '#/api/records'
import type { Account, AccountTest, Discovery } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Input, Select } from '#/ui/field'
import { Form } from '../parts'
import { useSave } from '../use-save'
import { ClientFields } from './client-fields'
import { configOf, type Draft } from './draft'
import { ServerFields } from './server-fields'
import { fieldErrors, Verdict } from './verdict'

interface AccessProps {
  found: Discovery
  draft: Draft
  onDraft: (draft: Draft) => void
  onBack: () => void
  onDone: (account: Account) => void
}

/** The way into a mailbox: a password that is tried at once, or the provider's own page. */
export function Access({ found, draft, onDraft, onBack, onDone }: AccessProps) {
  const [result, setResult] = useState<AccountTest | null>(null)
  const [open, setOpen] = useState(found.source === 'guess')
  const change = (part: Partial<Draft>) => onDraft({ ...draft, ...part })
  const oauth = draft.way === 'oauth'
  const save = useSave('accounts')

  const create = () =>
    api.create({
      kind: 'email',
      name: draft.fromName.trim() || draft.address,
      config: configOf(draft),
      team_id: null,
    })

  async function submit(): Promise<void> {
    setResult(null)
    if (oauth) {
      const account = await create()
      const { url } = await api.login(account.id, 'start')
      window.location.assign(url)
      return
    }
    const tried = await api.tryOut({ kind: 'email', config: configOf(draft) })
    setResult(tried)
    if (tried.ok) onDone(await create())
    else if (
      fieldsOfServers.test(tried.field) ||
      tried.parts.some((part) => fieldsOfServers.test(part.field))
    )
      setOpen(true)
  }

  return (
    <Form
      submit={oauth ? t('mailbox.signIn') : t('mailbox.check')}
      onSubmit={submit}
      onCancel={onBack}
      cancel={t('common.back')}
    >
      {(refused) => {
        const errors = { ...fieldErrors(result), ...refused }
        return (
          <>
            <p className="text-pretty text-muted text-sm">
              {t(`mailbox.found.${found.source}`, { title: found.title })}
            </p>
            <Select
              label={t('mailbox.way')}
              value={draft.way}
              onChange={(event) => change({ way: event.target.value as Draft['way'] })}
            >
              <option value="password">{t('mailbox.way.password')}</option>
              <option value="oauth">{t('mailbox.way.oauth')}</option>
            </Select>
            {oauth ? (
              <ClientFields
                client={draft.client}
                error={errors['config.oauth']}
                onChange={(client) => change({ client })}
              />
            ) : (
              <>
                <Hint found={found} />
                <Input
                  label={found.app_password ? t('mailbox.appPassword') : t('mailbox.password')}
                  type="password"
                  required
                  autoFocus
                  autoComplete="new-password"
                  value={draft.password}
                  error={errors['config.password']}
                  onChange={(event) => change({ password: event.target.value })}
                />
              </>
            )}
            <Input
              label={t('mailbox.fromName')}
              help={t('mailbox.fromNameHelp')}
              value={draft.fromName}
              error={errors['config.from_name'] ?? errors.name}
              onChange={(event) => change({ fromName: event.target.value })}
            />
            <BackfillChoice value={draft.backfill} onChange={(backfill) => change({ backfill })} />
            <Button
              small
              tone="quiet"
              className="self-start"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {t(open ? 'mailbox.hideServers' : 'mailbox.showServers')}
            </Button>
            {open && (
              <ServerFields
                servers={draft.servers}
                errors={errors}
                onChange={(servers) => change({ servers })}
              />
            )}
            {result && <Verdict result={result} />}
            {errors['config.address'] && <p className="text-danger text-sm">{errors['config.address']}</p>}
            {result && !result.ok && (
              <Button small className="self-start" onClick={() => save.mutate(() => create().then(onDone))}>
                {t('mailbox.anyway')}
              </Button>
            )}
          </>
        )
      }}
    </Form>
  )
}

const fieldsOfServers = /^(imap|smtp|username)/

/** What the provider wants to be known before a password is typed, and where to do it. */
function Hint({ found }: { found: Discovery }) {
  if (!found.hint) return null
  return (
    <div className="flex flex-col items-start gap-1 rounded-md bg-sunken px-3 py-2 text-sm">
      <p className="text-pretty">{found.hint}</p>
      {found.help_url && (
        <a
          href={found.help_url}
          target="_blank"
          rel="noreferrer"
          className="min-h-6 font-medium text-accent underline"
        >
          {found.app_password ? t('mailbox.makeAppPassword') : t('mailbox.howToAllow')}
        </a>
      )}
    </div>
  )
}

function BackfillChoice({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Select
      label={t('mailbox.backfill')}
      help={t('mailbox.backfillHelp')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="0">{t('mailbox.backfill.none')}</option>
      {[7, 30, 90].map((n) => (
        <option key={n} value={n}>
          {t('mailbox.backfill.days', { n })}
        </option>
      ))}
    </Select>
  )
}
