import { useQuery } from '@tanstack/react-query'
import { quickReplies } from '#/api/quick'
import { variableName } from '#/inbox/quick-names'
import { t } from '#/text/text'

/** The names that a text may use; a press puts one where the cursor is. */
export function QuickPalette({ onPick }: { onPick: (words: string) => void }) {
  const found = useQuery({
    queryKey: ['quick-replies', 'variables'],
    queryFn: quickReplies.variables,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const blank = `{{ ask: "${t('quick.blankSample')}" }}`
  return (
    <fieldset>
      <legend className="pb-1.5 font-medium text-sm">{t('quick.variables')}</legend>
      <div data-testid="quick-palette" className="flex flex-wrap gap-1.5">
        <Piece name={t('quick.blank')} title={blank} onClick={() => onPick(blank)} strong />
        {found.data?.items.map(({ name, example }) => (
          <Piece
            key={name}
            name={variableName(name)}
            title={example ? `{{ ${name} }} · ${example}` : `{{ ${name} }}`}
            onClick={() => onPick(`{{ ${name} }}`)}
          />
        ))}
      </div>
    </fieldset>
  )
}

interface PieceProps {
  name: string
  title: string
  strong?: boolean
  onClick: () => void
}

function Piece({ name, title, strong, onClick }: PieceProps) {
  return (
    <button
      type="button"
      title={title}
      // The cursor stays in the text.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
      className={`h-7 rounded-full border px-2.5 text-sm hover:bg-hover ${strong ? 'border-accent text-accent' : 'border-line-strong text-text'}`}
    >
      {name}
    </button>
  )
}
