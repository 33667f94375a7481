import { Icon } from '#/ui/icons'
import { channelIcon } from './channel'

/** What a network's mark looks like: its own shape, colour and letters, on a 20-unit grid. */
interface Look {
  shape: string
  fill: string
  letters: string
  /** How large the letters are, and where they stand. */
  size: number
  at: number
}

const disc = 'M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z'
const tile =
  'M5.5 1h9A4.5 4.5 0 0 1 19 5.500v9a4.5 4.5 0 0 1-4.5 4.500h-9A4.5 4.5 0 0 1 1 14.500v-9A4.5 4.5 0 0 1 5.5 1Z'
const bubble = 'M10 1a9 9 0 1 1-4.3 16.900L1.3 18.700l.9-4.300A9 9 0 0 1 10 1Z'
const balloon = 'M4 2h12a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3H9.500L5 18.700V15H4a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3Z'

const looks: Record<string, Look> = {
  telegram: { shape: disc, fill: 'fill-net-telegram', letters: 'T', size: 12, at: 14.3 },
  whatsapp: { shape: bubble, fill: 'fill-net-whatsapp', letters: 'W', size: 10, at: 13.6 },
  vk: { shape: tile, fill: 'fill-net-vk', letters: 'VK', size: 9.5, at: 13.4 },
  sms: { shape: balloon, fill: 'fill-net-sms', letters: 'SMS', size: 6.8, at: 11 },
  max: { shape: tile, fill: 'fill-net-max', letters: 'M', size: 12, at: 14.3 },
}

/** The sign of a network: a coloured shape with letters for those that people know by name, a line icon for the rest. Decorative: the name stands beside it. */
export function ChannelMark({ kind, className = '' }: { kind: string; className?: string }) {
  const look = looks[kind]
  if (!look) return <Icon name={channelIcon(kind)} className={className} />
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className={`size-[1.125rem] shrink-0 ${className}`}>
      <path d={look.shape} className={look.fill} />
      <text
        x="10"
        y={look.at}
        textAnchor="middle"
        fontSize={look.size}
        className="select-none fill-net-letters font-bold"
      >
        {look.letters}
      </text>
    </svg>
  )
}
