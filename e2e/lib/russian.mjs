const places = {
  KeyA: 'ф',
  KeyC: 'с',
  KeyE: 'у',
  KeyF: 'а',
  KeyG: 'п',
  KeyH: 'р',
  KeyI: 'ш',
  KeyJ: 'о',
  KeyK: 'л',
  KeyL: 'д',
  KeyM: 'ь',
  KeyN: 'т',
  KeyR: 'к',
  KeyU: 'г',
  KeyX: 'ч',
  KeyZ: 'я',
  Slash: '.',
} // prettier-ignore

/** Presses keys of a Russian keyboard by their places, as in `press(page, 'KeyJ')`; what they write is Russian. */
export async function pressRussian(page, code, { shift = false, control = false } = {}) {
  const wire = await page.context().newCDPSession(page)
  const key = shift ? places[code].toUpperCase() : places[code]
  const more = {
    code,
    key,
    windowsVirtualKeyCode: code === 'Slash' ? 191 : code.charCodeAt(3),
    modifiers: (shift ? 8 : 0) + (control ? 2 : 0),
  }
  await wire.send('Input.dispatchKeyEvent', { type: 'keyDown', ...more, ...(!control && { text: key }) })
  await wire.send('Input.dispatchKeyEvent', { type: 'keyUp', ...more })
  await wire.detach()
}
