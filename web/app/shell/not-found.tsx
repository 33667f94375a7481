import { Link } from '@tanstack/react-router'
import { t } from '#/text/text'
import { Empty } from '#/ui/bits'

export function NotFound() {
  return (
    <main className="flex h-full">
      <Empty page icon="question" title={t('notFound.title')}>
        <p>{t('notFound.help')}</p>
        <Link
          to="/inbox"
          className="inline-flex min-h-6 items-center font-medium text-accent hover:underline"
        >
          {t('notFound.back')}
        </Link>
      </Empty>
    </main>
  )
}
