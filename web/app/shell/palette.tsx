import { Dialog } from '@base-ui/react/dialog'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMacros } from '#/api/rules'
import { applyMacro } from '#/inbox/macro'
import { resolve } from '#/inbox/resolve'
import { typedAhead } from '#/keys/capture'
import { keys, type Stroke } from '#/keys/keys'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { Choices } from '#/ui/choices'
import { Icon } from '#/ui/icons'
import type { Option } from '#/ui/picker'
import { useDoings } from './palette-doings'
import { useFound } from './palette-found'
import { useViews } from './views'

export interface Command extends Option {
  run: () => void
}

/** Everything that has a key, by name, and people and numbers: type a few letters, press Enter. */
export default function Palette({ from, onClose }: { from: Element | null; onClose: () => void }) {
  const [query, setQuery] = useState('')
  const commands = [...useCommands(), ...useDoings(query !== ''), ...useFound(query)]
  // The field that kept the first letters has the focus by now: it is not what to go back to.
  const back = from instanceof HTMLElement && from !== document.body ? from : false
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          data-covers
          aria-label={t('keys.palette')}
          finalFocus={() => back}
          className="fixed inset-x-4 top-[12dvh] z-40 mx-auto max-w-lg overflow-hidden rounded-xl bg-raised shadow-pop"
        >
          <Choices
            label={t('palette.title')}
            options={commands}
            onQuery={setQuery}
            typedBefore={typedAhead}
            onPick={(id) => {
              onClose()
              // After the dialog has given the focus back, or the composer would lose it again.
              setTimeout(() => commands.find((command) => command.id === id)?.run(), 50)
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function useCommands(): Command[] {
  const navigate = useNavigate()
  const macros = useMacros()
  const views = useViews()
  const acts: [Stroke, string][] = [
    ['KeyR', t('keys.reply')],
    ['KeyN', t('keys.note')],
    ['KeyA', t('keys.assign')],
    ['KeyL', t('keys.label')],
    ['KeyH', t('keys.snooze')],
    ['KeyM', t('macro.apply')],
    ['KeyP', t('keys.pin')],
    ['KeyW', t('keys.follow')],
    ['KeyS', t('keys.spam')],
    ['Shift+KeyA', t('keys.transfer')],
    ['Shift+KeyL', t('keys.link')],
    ['KeyE', t('keys.close')],
  ]
  const group = t('palette.conversation')
  const here = keys.bound('KeyE')
  const open = inbox.state.openId
  const request = open ? inbox.state.conversations.get(open)?.request_id : null
  const queries = useQueryClient()
  const places = [
    { id: 'search', name: t('find.title'), icon: 'search', to: '/search' },
    { id: 'contacts', name: t('nav.contacts'), icon: 'users', to: '/contacts' },
    { id: 'leads', name: t('nav.leads'), icon: 'funnel', to: '/leads' },
    { id: 'requests', name: t('nav.requests'), icon: 'ticket', to: '/requests' },
    { id: 'duty', name: t('nav.duty'), icon: 'clock', to: '/duty' },
    { id: 'settings', name: t('nav.settings'), icon: 'gear', to: '/settings' },
  ] as const
  return [
    ...(here ? acts : []).map(([stroke, name]) => ({
      id: stroke,
      name,
      group,
      run: () => keys.run(stroke),
    })),
    ...(here && request
      ? [
          {
            id: 'resolve',
            name: t('do.resolve'),
            words: t('do.resolve.words'),
            group,
            run: () => void resolve(request, queries),
          },
        ]
      : []),
    ...(here && open ? macros : []).map((macro) => ({
      id: `macro:${macro.id}`,
      name: macro.name,
      group: t('macro.group'),
      lead: <Icon name="checks" className="text-muted" />,
      run: () => void applyMacro(macro, open ?? ''),
    })),
    ...views.map(({ id, name, icon, search }) => ({
      id,
      name,
      group: t('palette.go'),
      lead: <Icon name={icon} className="text-muted" />,
      run: () => void navigate({ to: '/inbox', search }),
    })),
    ...places.map(({ id, name, icon, to }) => ({
      id,
      name,
      group: t('palette.go'),
      lead: <Icon name={icon} className="text-muted" />,
      run: () => void navigate({ to }),
    })),
    {
      id: 'KeyC',
      name: t('write.open'),
      lead: <Icon name="pen" className="text-muted" />,
      run: () => keys.run('KeyC'),
    },
    {
      id: 'Help',
      name: t('keys.title'),
      lead: <Icon name="keyboard" className="text-muted" />,
      run: () => keys.run('Help'),
    },
  ]
}
