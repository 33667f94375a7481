import { play } from '#/alerts/sound'
import { type AlertKind, type AlertSettings, type AlertWay, alertKinds, alertWays } from '#/api/alerts'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Group } from '../parts'

type Ways = AlertSettings['ways']

/** What is told, one line each, and in which ways. */
export function Grid({ settings, onChange }: { settings: AlertSettings; onChange: (ways: Ways) => void }) {
  function toggle(kind: AlertKind, way: AlertWay, on: boolean): void {
    const others = (settings.ways[kind] ?? []).filter((one) => one !== way)
    onChange({ ...settings.ways, [kind]: on ? [...others, way] : others })
  }

  return (
    <Group
      title={t('alerts.what')}
      help={t('alerts.whatHelp')}
      aside={
        <Button small onClick={play}>
          {t('alerts.listen')}
        </Button>
      }
    >
      <table className="w-full border-collapse overflow-hidden rounded-lg border border-line">
        <thead>
          <tr className="text-muted text-sm">
            <th scope="col" className="py-2 ps-1 pe-2 text-start font-medium sm:px-3.5">
              {t('alerts.event')}
            </th>
            {alertWays.map((way) => (
              <th key={way} scope="col" className="w-14 py-2 font-medium sm:w-18">
                {t(`alerts.way.${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {alertKinds.map((kind) => (
            <tr key={kind} className="border-line border-t">
              <th scope="row" className="py-2 ps-1 pe-2 text-start font-normal sm:px-3.5">
                {t(`alerts.kind.${kind}`)}
              </th>
              {alertWays.map((way) => (
                <td key={way} className="p-0 text-center">
                  <label className="grid h-11 cursor-pointer place-items-center hover:bg-hover">
                    <input
                      type="checkbox"
                      className="size-4 accent-accent"
                      aria-label={t('alerts.cell', {
                        way: t(`alerts.way.${way}`),
                        kind: t(`alerts.kind.${kind}`),
                      })}
                      checked={settings.ways[kind]?.includes(way) ?? false}
                      onChange={(event) => toggle(kind, way, event.target.checked)}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Group>
  )
}
