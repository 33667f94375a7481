import { focusScreen } from '#/keys/keep-focus'
import { t } from '#/text/text'

/** The first thing that Tab reaches: the way past the navigation. Out of sight until then. */
export function SkipLink() {
  return (
    <button
      type="button"
      onClick={focusScreen}
      className="sr-only z-50 rounded-md bg-accent px-3.5 py-2 font-medium text-on-accent focus:not-sr-only focus:absolute focus:start-3 focus:top-3"
    >
      {t('nav.skip')}
    </button>
  )
}
