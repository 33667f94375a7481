/** Parley as a program of its own on a phone or a computer. */
export const install = {
  'install.title': 'Install Parley',
  'install.help':
    'It gets an icon and a window of its own, shows how much is new on the icon, and opens without a connection.',
  'install.do': 'Install',
  'install.share': 'On an iPhone or iPad: press Share in Safari, then “Add to Home Screen”.',
  'install.menu':
    'Look for “Install” or “Add to Home screen” in the menu of the browser. Not every browser can do it.',
} as const
