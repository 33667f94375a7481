import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorText } from '#/inbox/actions'
import { say } from '#/ui/toast'

/** useSave runs a change, reads the lists it touched again, and says what went wrong. */
export function useSave(...stale: string[]) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onSuccess: () => {
      for (const key of stale) void queries.invalidateQueries({ queryKey: [key] })
    },
    onError: (error) => say(errorText(error), { tone: 'error' }),
  })
}
