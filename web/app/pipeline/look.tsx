import { useNavigate } from '@tanstack/react-router'
import { t } from '#/text/text'

/** The two ways to look at records. The choice lives in the address. */
export function Look({ board }: { board: boolean }) {
  const navigate = useNavigate()
  return (
    <fieldset className="flex w-fit gap-0.5 rounded-md bg-hover p-0.5 sm:ms-auto">
      <legend className="sr-only">{t('board.look')}</legend>
      {[false, true].map((one) => (
        <button
          key={String(one)}
          type="button"
          aria-pressed={board === one}
          onClick={() => void navigate({ to: '.', search: one ? { board: true } : {} })}
          className="h-7 rounded px-2.5 text-muted text-sm aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-text"
        >
          {t(one ? 'board.board' : 'board.table')}
        </button>
      ))}
    </fieldset>
  )
}
