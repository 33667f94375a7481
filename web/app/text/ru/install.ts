/** Parley as a program of its own on a phone or a computer. */
export const install = {
  'install.title': 'Установить Parley',
  'install.help':
    'У него будут свой значок и своё окно, на значке будет видно, сколько нового, и он откроется без связи.',
  'install.do': 'Установить',
  'install.share': 'На iPhone и iPad: нажмите в Safari «Поделиться», затем «На экран „Домой“».',
  'install.menu':
    'Найдите в меню браузера «Установить» или «Добавить на главный экран». Это умеют не все браузеры.',
} as const
