import { EmojiPicker } from 'frimousse'
import { emojiGroups } from '#/text/emoji-groups'
import { currentLanguage, t } from '#/text/text'

/** Where scripts/emoji.mjs puts the names of emoji. */
declare const __EMOJI__: string

/** All emoji, to be found by name or looked through; arrows move, Enter picks. */
export default function EmojiPanel({ onPick }: { onPick: (emoji: string) => void }) {
  return (
    <div
      role="dialog"
      aria-label={t('emoji.open')}
      data-testid="emoji-panel"
      className="absolute start-0 bottom-full z-30 mb-2 max-md:fixed max-md:inset-x-3 max-md:bottom-20"
    >
      <EmojiPicker.Root
        emojibaseUrl={__EMOJI__}
        locale={currentLanguage() === 'ru' ? 'ru' : 'en'}
        columns={8}
        onEmojiSelect={({ emoji }) => onPick(emoji)}
        className="isolate flex h-80 w-fit flex-col rounded-xl border border-line bg-raised shadow-pop max-md:w-full"
      >
        <EmojiPicker.Search
          autoFocus
          aria-label={t('emoji.search')}
          placeholder={t('emoji.search')}
          className="m-2 mb-1 h-9 rounded-md border border-line-strong bg-surface px-3"
        />
        <EmojiPicker.Viewport className="relative flex-1 outline-hidden">
          <EmojiPicker.Loading className="absolute inset-0 grid place-items-center text-muted text-sm">
            {t('emoji.loading')}
          </EmojiPicker.Loading>
          <EmojiPicker.Empty className="absolute inset-0 grid place-items-center text-muted text-sm">
            {t('emoji.none')}
          </EmojiPicker.Empty>
          <EmojiPicker.List
            className="select-none pb-1.5"
            components={{
              CategoryHeader: ({ category, ...props }) => (
                <div {...props} className="bg-raised px-3 pt-2 pb-1 font-medium text-muted text-xs">
                  {emojiGroups[currentLanguage()]?.[category.label.toLowerCase()] ?? category.label}
                </div>
              ),
              Row: ({ children, ...props }) => (
                <div {...props} {...fromOne(props, 'aria-rowindex')} className="px-1.5">
                  {children}
                </div>
              ),
              Emoji: ({ emoji, ...props }) => (
                <button
                  {...props}
                  {...fromOne(props, 'aria-colindex')}
                  type="button"
                  className="size-9 rounded-md text-xl leading-none data-active:bg-hover"
                >
                  {emoji.emoji}
                </button>
              ),
            }}
          />
        </EmojiPicker.Viewport>
      </EmojiPicker.Root>
    </div>
  )
}

/** Rows and columns of a grid are counted from one, and those of the list from nought. */
const fromOne = <Name extends 'aria-rowindex' | 'aria-colindex'>(
  props: { [name in Name]?: number | undefined },
  name: Name,
) => ({ [name]: (props[name] ?? 0) + 1 })
