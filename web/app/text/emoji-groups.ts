import type { Language } from '#/api/types'

/** Groups of emoji, by their English names, in languages that the list of emoji does not speak. */
export const emojiGroups: Partial<Record<Language, Record<string, string>>> = {
  ar: {
    'smileys & emotion': 'وجوه ومشاعر',
    'people & body': 'أشخاص وجسم',
    'animals & nature': 'حيوانات وطبيعة',
    'food & drink': 'طعام وشراب',
    'travel & places': 'سفر وأماكن',
    activities: 'أنشطة',
    objects: 'أشياء',
    symbols: 'علامات',
    flags: 'أعلام',
  },
}
