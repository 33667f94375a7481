import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'

/**
 * useAsked opens a dialog for whoever comes by a link that asks for it, such as /settings/people#invite. The address forgets
 * it at once, so that the same link works twice.
 */
export function useAsked(hash: string, open: () => void): void {
  const asked = useLocation({ select: (location) => location.hash === hash })
  const navigate = useNavigate()
  // biome-ignore lint/correctness/useExhaustiveDependencies: open is made anew with every render
  useEffect(() => {
    if (!asked) return
    open()
    void navigate({ to: '.', search: true, hash: '', replace: true })
  }, [asked])
}
