import { useNavigate, useSearch } from '@tanstack/react-router'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { Icon } from '#/ui/icons'

/** How a sign-in at a provider ended, told to whoever comes back from its page. */
export function SignInNews() {
  const { sign_in: end } = useSearch({ strict: false })
  const navigate = useNavigate()
  if (!end) return null
  const good = end === 'done'
  return (
    <div
      role="status"
      className={`flex items-start gap-2 rounded-md px-3 py-2 ${good ? 'bg-ok-soft text-ok' : 'bg-danger-soft text-danger'}`}
    >
      <Icon name={good ? 'check' : 'alert'} className="mt-0.5" />
      <p className="min-w-0 flex-1 text-pretty">{t(`mailbox.signIn.${end}`)}</p>
      <IconButton
        icon="close"
        label={t('common.dismiss')}
        onClick={() =>
          void navigate({
            to: '/settings/$section',
            params: { section: 'channels' },
            search: {},
            replace: true,
          })
        }
      />
    </div>
  )
}
