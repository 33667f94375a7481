;(function (form) {
  'use strict'
  var here = document.currentScript
  if (!here || !here.parentNode || !here.attachShadow && !document.body.attachShadow) return
  var host = document.createElement('div')
  here.parentNode.insertBefore(host, here)
  var root = host.attachShadow({ mode: 'open' })
  var sheet = new CSSStyleSheet()
  sheet.replaceSync(form.style)
  root.adoptedStyleSheets = [sheet]
  host.style.setProperty('--accent', form.color)
  var inputs = {}
  var id = newId()

  function element(name, attributes, text) {
    var made = document.createElement(name)
    for (var key in attributes) if (attributes[key] !== false) made.setAttribute(key, attributes[key])
    if (text) made.textContent = text
    return made
  }

  // Older browsers and pages without https have no randomUUID.
  function newId() {
    var bytes = crypto.getRandomValues(new Uint8Array(16))
    return Array.prototype.map.call(bytes, function (b) { return ('0' + b.toString(16)).slice(-2) }).join('')
  }

  // The campaign that somebody came by is in the address of their first page only.
  function campaign() {
    var utm = {}
    try { utm = JSON.parse(sessionStorage.getItem('parley.utm') || '{}') } catch (e) { utm = {} }
    new URLSearchParams(location.search).forEach(function (value, key) {
      if (/^utm_/i.test(key)) utm[key.toLowerCase()] = value
    })
    try { sessionStorage.setItem('parley.utm', JSON.stringify(utm)) } catch (e) { /* private mode */ }
    return utm
  }

  var utm = campaign()
  var box = element('form', { novalidate: '', lang: form.language, dir: form.language === 'ar' ? 'rtl' : false })
  if (form.title) box.append(element('h2', {}, form.title))
  form.fields.forEach(function (field) {
    var label = element('label', {}, field.label)
    if (field.required) label.append(element('span', { 'aria-hidden': 'true' }, ' *'))
    var multiple = field.type === 'textarea'
    var input = element(multiple ? 'textarea' : 'input', {
      name: field.name, type: multiple ? false : field.type, rows: multiple ? '4' : false,
      required: field.required ? '' : false, autocomplete: field.autocomplete || false
    })
    var flaw = element('p', { role: 'alert', class: 'flaw' })
    label.append(input)
    box.append(label, flaw)
    inputs[field.name] = { input: input, flaw: flaw }
  })
  var trap = element('div', { class: 'trap', 'aria-hidden': 'true' })
  var bait = element('input', { name: form.trap, tabindex: '-1', autocomplete: 'off' })
  trap.append(bait)
  var notice = element('p', { role: 'alert', class: 'flaw' })
  var button = element('button', { type: 'submit' }, form.button)
  box.append(trap, notice, button)
  root.append(box)

  function say(problem) {
    var rest = []
    ;(problem.errors || []).forEach(function (one) {
      var name = String(one.location || '').replace(/^body\.?/, '')
      if (inputs[name]) {
        inputs[name].flaw.textContent = one.message
        inputs[name].input.setAttribute('aria-invalid', 'true')
      } else rest.push(one.message)
    })
    notice.textContent = rest.join(' ') || (problem.errors ? '' : problem.detail || form.failed)
    var first = box.querySelector('[aria-invalid]')
    if (first) first.focus()
  }

  box.addEventListener('submit', function (event) {
    event.preventDefault()
    if (button.disabled) return
    var body = { submission_id: id, page: location.href, referrer: document.referrer }
    for (var key in utm) body[key] = utm[key]
    for (var name in inputs) {
      body[name] = inputs[name].input.value
      inputs[name].flaw.textContent = ''
      inputs[name].input.removeAttribute('aria-invalid')
    }
    body[form.trap] = bait.value
    notice.textContent = ''
    button.disabled = true
    fetch(form.action, {
      method: 'POST', credentials: 'omit', body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'Accept-Language': form.language }
    }).then(function (answer) {
      return answer.json().then(function (said) {
        if (!answer.ok) return say(said)
        if (said.redirect) return location.assign(said.redirect)
        box.replaceWith(element('p', { role: 'status', class: 'thanks' }, said.thanks))
      })
    }).catch(function () { notice.textContent = form.failed }).then(function () { button.disabled = false })
  })
})
