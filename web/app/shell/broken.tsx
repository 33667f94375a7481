import { useRouter } from '@tanstack/react-router'
import { Failed } from '#/ui/bits'

/** What could not be loaded is asked for anew: who is signed in, and the screen. */
export function Broken({ reset }: { reset: () => void }) {
  const router = useRouter()
  return <Failed onRetry={() => void router.invalidate().then(reset)} />
}
