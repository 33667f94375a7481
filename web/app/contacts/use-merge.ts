import { useMutation, useQueryClient } from '@tanstack/react-query'
import { merges } from '#/api/merges'
import type { ID } from '#/api/types'
import { errorText } from '#/inbox/actions'
import { t } from '#/text/text'
import { say } from '#/ui/toast'

/** Of the same two only the later line is true. */
const aboutMerge = (merge: ID): string => `merge ${merge}`

/** Merging people and taking it back; both are said at the bottom, and the first can be undone there. Why it was refused is its dialog's to say. */
export function useMerge(contact: ID) {
  const queries = useQueryClient()
  const fresh = () => queries.invalidateQueries({ queryKey: ['contacts'] })
  const onError = (error: unknown) => say(errorText(error), { tone: 'error' })
  const unmerge = useMutation({
    mutationFn: merges.unmerge,
    onSuccess: (undone) => {
      void fresh()
      say(t('merge.undone', { name: undone.gone_name || t('contact.nameless') }), {
        about: aboutMerge(undone.id),
      })
    },
    onError,
  })
  const merge = useMutation({
    mutationFn: (other: { id: ID; name: string }) => merges.merge(contact, other.id),
    onSuccess: (done, other) => {
      void fresh()
      say(t('merge.done', { name: other.name || t('contact.nameless') }), {
        undo: () => unmerge.mutate(done.merge_id),
        about: aboutMerge(done.merge_id),
      })
    },
  })
  return { merge, unmerge }
}
