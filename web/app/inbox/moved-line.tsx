import { Link } from '@tanstack/react-router'
import { t } from '#/text/text'

/** Stands where the composer would: answers go where the talk goes on. */
export function MovedLine({ into }: { into: string }) {
  return (
    <p className="flex min-h-13 flex-wrap items-center justify-center gap-x-3 border-line border-t px-4 py-3 text-muted">
      {t('joined.moved')}
      <Link
        to="/inbox/$id"
        params={{ id: into }}
        search={{ view: 'all', status: 'any' }}
        className="inline-flex min-h-6 items-center font-medium text-accent hover:underline"
      >
        {t('joined.go')}
      </Link>
    </p>
  )
}
