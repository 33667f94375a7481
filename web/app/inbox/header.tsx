import { Link, useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useAccounts } from '#/api/queries'
import type { Conversation } from '#/api/types'
import { ahead } from '#/keys/capture'
import { useKeys } from '#/keys/keys'
import { listKey } from '#/live/lists'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { fullTime, ahead as when } from '#/text/time'
import { Badge } from '#/ui/bits'
import { Button, IconButton } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { piece } from '#/ui/piece'
import { setPrefs, usePrefs } from '#/ui/prefs'
import { isWide } from '#/ui/wide'
import { changeConversation } from './actions'
import { accountName, channelName } from './channel'
import { ChannelMark } from './channel-mark'
import { ClaimButton } from './claim'
import { AssignPicker, LabelPicker } from './header-pickers'
import { MacroPicker } from './macro-picker'
import { toggleFollow, togglePin, toggleSpam } from './marks'
import { MoreMenu } from './more-menu'
import { Presence } from './presence'
import { keepFilters, useListQuery } from './query'
import { useClose } from './resolve'
import { SnoozePicker } from './snooze-picker'

const TransferDialog = piece(() => import('./transfer-dialog'))
const LinkDialog = piece(() => import('./link-dialog'))

/** In a narrow head the name comes first: what it leaves no room for is behind the menu. */
const folded = '@max-[25rem]:invisible @max-[25rem]:-me-1 @max-[25rem]:w-0 @max-[25rem]:overflow-hidden'

/** The same where a button to take it or to open it again stands beside it. */
const foldedEarly = '@max-lg:invisible @max-lg:-me-1 @max-lg:w-0 @max-lg:overflow-hidden'

type Open = 'assign' | 'label' | 'snooze' | 'macro' | 'transfer' | 'link' | null

export function ConversationHeader({
  conversation,
  onPanel,
}: {
  conversation: Conversation
  onPanel: () => void
}) {
  const [open, setOpen] = useState<Open>(null)
  const closeAndNext = useCloseAndNext(conversation)
  const panel = usePrefs().panel
  const { id } = conversation
  const claims = !conversation.assignee_id && conversation.status === 'open'
  const togglePanel = () => (isWide('three') ? setPrefs({ panel: !panel }) : onPanel())
  const toggle = (name: Open) => (shown: boolean) => setOpen(shown ? name : null)
  const openList = (name: Open) => {
    ahead.start('list')
    setOpen(name)
  }
  useKeys({
    KeyA: () => openList('assign'),
    KeyL: () => openList('label'),
    KeyH: () => openList('snooze'),
    KeyM: () => openList('macro'),
    KeyE: closeAndNext,
    KeyP: () => togglePin(conversation),
    KeyW: () => toggleFollow(conversation),
    KeyS: () => toggleSpam(conversation),
    'Shift+KeyA': () => setOpen('transfer'),
    'Shift+KeyL': () => setOpen('link'),
  })

  return (
    <header className="@container flex min-h-13 items-center gap-1 border-line border-b bg-surface ps-2 pe-2 md:ps-4">
      <Link
        to="/inbox"
        search={keepFilters}
        aria-label={t('common.back')}
        className="grid size-9 shrink-0 place-items-center rounded-md text-muted hover:bg-hover md:hidden"
      >
        <Icon name="back" />
      </Link>
      <div className="flex min-w-0 flex-1 flex-col">
        <h2 className="flex min-w-0 items-center font-semibold">
          <span title={channelName(conversation.account_kind)} className="me-1.5 shrink-0 text-muted">
            <ChannelMark kind={conversation.account_kind} />
            <span className="sr-only">{channelName(conversation.account_kind)}: </span>
          </span>
          <span dir="auto" title={conversation.contact_name} className="min-w-0 truncate">
            {conversation.contact_name || t('contact.nameless')}
          </span>
        </h2>
        <div className="flex min-w-0 items-center gap-2 text-muted text-sm">
          <Standing conversation={conversation} />
          <Presence id={id} subject={conversation.subject} />
        </div>
      </div>
      {claims && <ClaimButton id={id} />}
      {/* Out of sight they keep their place: what the menu opens stands below it. */}
      <div className={`flex ${claims || conversation.status === 'closed' ? foldedEarly : ''}`}>
        <AssignPicker conversation={conversation} open={open === 'assign'} onOpen={toggle('assign')} />
      </div>
      <div className={`flex ${folded}`}>
        <LabelPicker conversation={conversation} open={open === 'label'} onOpen={toggle('label')} />
        <SnoozePicker
          open={open === 'snooze'}
          onOpen={toggle('snooze')}
          onPick={(until) =>
            void changeConversation(
              id,
              { status: 'snoozed', snoozed_until: until.toISOString() },
              t('act.snoozed', { time: when(until.toISOString()) }),
            )
          }
        />
        <MacroPicker id={id} open={open === 'macro'} onOpen={toggle('macro')} />
      </div>
      {conversation.spam ? (
        <Button small onClick={() => toggleSpam(conversation)}>
          {t('act.notSpam')}
        </Button>
      ) : conversation.status === 'closed' ? (
        <Button small onClick={() => void changeConversation(id, { status: 'open' }, t('act.reopened'))}>
          {t('act.reopen')}
        </Button>
      ) : (
        <Button small icon="check" onClick={closeAndNext} title="E">
          <span className="@max-lg:sr-only">{t('act.close')}</span>
        </Button>
      )}
      <MoreMenu
        conversation={conversation}
        onAssign={() => setOpen('assign')}
        onLabel={() => setOpen('label')}
        onSnooze={() => setOpen('snooze')}
        onMacro={() => setOpen('macro')}
        onTransfer={() => setOpen('transfer')}
        onLink={() => setOpen('link')}
      />
      <Suspense>
        {open === 'transfer' && <TransferDialog conversation={conversation} onClose={() => setOpen(null)} />}
        {open === 'link' && <LinkDialog conversation={conversation} onClose={() => setOpen(null)} />}
      </Suspense>
      <IconButton icon="panel" label={t('panel.show')} aria-pressed={panel} onClick={togglePanel} />
    </header>
  )
}

/** How it stands and which one it is: below the name, which is what one looks for and so has a line of its own. */
function Standing({ conversation }: { conversation: Conversation }) {
  const account = accountName(useAccounts(), conversation.account_kind, conversation.account_id)
  // The whole time would reach below the buttons of a narrow head. Beside a subject there is no room for any: what it is about comes first.
  const until = (words: typeof when) =>
    conversation.status === 'snoozed' && conversation.snoozed_until
      ? t('event.snoozed', { time: words(conversation.snoozed_until) })
      : undefined
  return (
    <>
      {conversation.status !== 'open' && (
        <span className="shrink-0" title={until(fullTime)}>
          <Badge>
            {conversation.spam
              ? t('view.spam')
              : (!conversation.subject && until(when)) || t(`status.${conversation.status}`)}
          </Badge>
        </span>
      )}
      <span className="numeric shrink-0 text-faint">
        {t('common.number', { number: conversation.number })}
      </span>
      {account && (
        <span data-testid="header-account" className="min-w-0 truncate">
          {account}
        </span>
      )}
    </>
  )
}

/** useCloseAndNext closes this one and opens the one below it, as a queue is worked through. */
function useCloseAndNext(conversation: Conversation): () => void {
  const navigate = useNavigate()
  const query = useListQuery()
  const close = useClose()
  return () => {
    const ids = inbox.state.lists.get(listKey(query))?.ids ?? []
    const at = ids.indexOf(conversation.id)
    const next = ids[at + 1] ?? ids[at - 1]
    close(conversation)
    if (next && isWide('two')) void navigate({ to: '/inbox/$id', params: { id: next }, search: keepFilters })
    else void navigate({ to: '/inbox', search: keepFilters })
  }
}
