// The sample shop: a basket that counts, and a button that opens the chat.
const count = document.getElementById('count')
let picked = 0

for (const button of document.querySelectorAll('[data-add]'))
  button.addEventListener('click', () => {
    picked += 1
    count.textContent = String(picked)
    button.textContent = button.dataset.added
    button.classList.add('quiet')
  })

// The chat's script may come later than this click: calls made before it wait in the queue.
document.getElementById('ask').addEventListener('click', () => {
  window.parley = window.parley || []
  window.parley.push(['open'])
})
