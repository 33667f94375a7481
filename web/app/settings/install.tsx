import { install, useInstalling } from '#/shell/install'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Group } from './parts'

/** How to have Parley as a program of its own; once it is one, there is nothing to say. */
export function Install() {
  const way = useInstalling()
  if (way === 'done') return null
  return (
    <Group title={t('install.title')} help={t('install.help')}>
      {way === 'offered' ? (
        <Button icon="plus" className="self-start" onClick={() => void install()}>
          {t('install.do')}
        </Button>
      ) : (
        <p className="text-pretty text-muted text-sm">{t(`install.${way}`)}</p>
      )}
    </Group>
  )
}
