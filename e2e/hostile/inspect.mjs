/**
 * Looks, from the page around them, at what the browser built of the mails: everything
 * that does not belong into a harmless mail, by the browser's own reading. Runs in the page.
 */
export function inspect() {
  const known = new Set(
    `html head meta title link style body a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite
    code col colgroup dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd
    label li main map mark menu nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td
    tfoot th thead time tr tt u ul var wbr`.split(/\s+/),
  )
  const found = []
  for (const frame of document.querySelectorAll('iframe')) {
    const say = (what) => found.push(`mail ${frame.dataset.id}: ${what}`)
    const doc = frame.contentDocument
    if (!doc?.body) {
      say('not shown')
      continue
    }
    for (const element of doc.querySelectorAll('*')) {
      const name = element.localName
      if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !known.has(name)) say(`<${name}>`)
      if (element.shadowRoot) say('a shadow')
      for (const { name: key, value } of element.attributes) {
        if (
          key.startsWith('on') ||
          ['srcdoc', 'srcset', 'action', 'formaction', 'background', 'ping', 'is'].includes(key)
        )
          say(`${key}=${value}`)
        if (key === 'id' && !value.startsWith('m-')) say(`id=${value}`)
      }
      if (['A', 'AREA'].includes(element.tagName) && element.hasAttribute('href')) {
        const inside = element.getAttribute('href').startsWith('#')
        if (!inside && !['http:', 'https:', 'mailto:', 'tel:'].includes(element.protocol))
          say(`leads to ${element.href}`)
        if (!inside && (element.target !== '_blank' || element.rel !== 'noopener noreferrer nofollow'))
          say(`leads away as ${element.target}`)
      }
      if (
        name === 'img' &&
        element.src &&
        new URL(element.src).origin !== location.origin &&
        !/^data:image\/(png|jpe?g|gif|webp|bmp);/.test(element.src)
      )
        say(`shows ${element.src}`)
      const { position, backgroundImage } = doc.defaultView?.getComputedStyle(element) ?? {}
      // The sign in the place of a picture that was not fetched is our own: no mail can have its class.
      if (
        element.classList.contains('parley-picture') &&
        position === 'static' &&
        backgroundImage?.startsWith('url("data:image/svg+xml,')
      )
        continue
      if (['fixed', 'absolute', 'sticky'].includes(position) || backgroundImage?.includes('url('))
        say(`<${name}> is ${position} ${backgroundImage}`)
    }
  }
  return found
}

/**
 * Does to mails without a sandbox what a reader or a careless page might: every event that
 * handlers are named after, and twice over what writing HTML anew does to it. Runs in the page.
 */
export function prod() {
  const events = [
    'click',
    'mouseover',
    'mouseenter',
    'focus',
    'blur',
    'load',
    'error',
    'toggle',
    'input',
    'change',
    'scroll',
    'animationstart',
    'beforetoggle',
  ]
  for (const frame of document.querySelectorAll('iframe')) {
    const doc = frame.contentDocument
    for (const element of doc?.querySelectorAll('*') ?? []) {
      if (element.localName === 'details') element.open = true
      for (const name of events)
        if (name !== 'click' || !element.closest('a[href], area[href]'))
          element.dispatchEvent(new Event(name, { cancelable: true }))
    }
    for (const parent of ['div', 'td', 'template', 'textarea', 'noscript', 'title', 'style']) {
      const copy = doc.createElement(parent)
      copy.innerHTML = doc.body.innerHTML
      const again = document.createElement('div')
      again.innerHTML = copy.innerHTML
      if (parent === 'div') document.body.append(again)
    }
  }
}
