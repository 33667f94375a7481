import { t } from '#/text/text'
import { Input, Select } from '#/ui/field'
import type { Servers } from './draft'

interface ServerFieldsProps {
  servers: Servers
  errors: Record<string, string>
  onChange: (servers: Servers) => void
}

/** Where the mailbox lives: a line for receiving, one for sending, and the name to sign in with. */
export function ServerFields({ servers, errors, onChange }: ServerFieldsProps) {
  // The fields are narrow: what is wrong with one stands below the line.
  const flaw = (side: 'imap' | 'smtp') =>
    errors[`config.${side}_host`] ?? errors[`config.${side}_port`] ?? errors[`config.${side}_security`]
  return (
    <div className="flex flex-col gap-4">
      {(['imap', 'smtp'] as const).map((side) => (
        <fieldset
          key={side}
          className="grid grid-cols-[minmax(0,1fr)_5rem] gap-x-3 gap-y-2 sm:grid-cols-[minmax(0,1fr)_5rem_8rem]"
        >
          <legend className="pb-1.5 font-semibold text-sm">{t(`mailbox.${side}`)}</legend>
          <Input
            label={t('mailbox.host')}
            required
            autoCapitalize="none"
            spellCheck={false}
            value={servers[`${side}_host`]}
            onChange={(event) => onChange({ ...servers, [`${side}_host`]: event.target.value })}
          />
          <Input
            label={t('mailbox.port')}
            required
            inputMode="numeric"
            value={servers[`${side}_port`]}
            onChange={(event) => onChange({ ...servers, [`${side}_port`]: event.target.value })}
          />
          <Select
            label={t('mailbox.security')}
            value={servers[`${side}_security`]}
            onChange={(event) => onChange({ ...servers, [`${side}_security`]: event.target.value })}
          >
            <option value="tls">{t('mailbox.security.tls')}</option>
            <option value="starttls">{t('mailbox.security.starttls')}</option>
            <option value="none">{t('mailbox.security.none')}</option>
          </Select>
          {flaw(side) && (
            <p role="alert" className="col-span-full text-danger text-sm">
              {flaw(side)}
            </p>
          )}
        </fieldset>
      ))}
      <Input
        label={t('mailbox.username')}
        required
        autoCapitalize="none"
        spellCheck={false}
        autoComplete="off"
        value={servers.username}
        error={errors['config.username']}
        onChange={(event) => onChange({ ...servers, username: event.target.value })}
      />
    </div>
  )
}
