import { useEffect, useSyncExternalStore } from 'react'
import { drafts, type LocalDraft } from './draft'

/** useDraft is what is being written in a conversation; it is fetched once and saved when the page goes. */
export function useDraft(id: string): LocalDraft {
  useEffect(() => {
    void drafts.open(id)
    // Whoever comes back may have gone on writing elsewhere.
    const turn = () => void (document.hidden ? drafts.save(id) : drafts.save(id).then(() => drafts.open(id)))
    addEventListener('visibilitychange', turn)
    return () => {
      removeEventListener('visibilitychange', turn)
      void drafts.save(id)
    }
  }, [id])
  return useSyncExternalStore(drafts.subscribe, () => drafts.get(id))
}
