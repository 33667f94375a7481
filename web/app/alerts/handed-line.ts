import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useAgentName } from '#/api/queries'
import { t } from '#/text/text'
import { say } from '#/ui/toast'
import { followHanded } from './handed'

/** How many letters of a note stand in a line. */
const words = 120

/** useHandedLine says who has handed over what, with the way to it. */
export function useHandedLine(): void {
  const router = useRouter()
  const agentName = useAgentName()
  const name = useRef(agentName)
  name.current = agentName
  useEffect(
    () =>
      followHanded(({ conversation, contact, by, note }) => {
        const who = { name: name.current(by), contact: contact || t('contact.nameless') }
        const letters = [...note]
        const short = letters.length > words ? `${letters.slice(0, words).join('')}…` : note
        say(short ? t('alerts.handedNote', { ...who, note: short }) : t('alerts.handed', who), {
          about: `handed ${conversation}`,
          offer: {
            name: t('alerts.open'),
            run: () => void router.navigate({ to: '/inbox/$id', params: { id: conversation }, search: {} }),
          },
        })
      }),
    [router],
  )
}
