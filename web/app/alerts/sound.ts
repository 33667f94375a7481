/** Two short tones, made here so that there is no file to fetch. */
const tones = [
  { hertz: 659, at: 0 },
  { hertz: 880, at: 0.12 },
]

let context: AudioContext | null = null

/**
 * ring sounds for a notification, in one tab of the browser only. A browser that nobody has
 * touched since it was opened allows no sound; then nothing is heard.
 */
export async function ring(id: string): Promise<void> {
  await navigator.locks.request(`parley-sound-${id}`, { ifAvailable: true }, async (mine) => {
    if (!mine) return
    play()
    // Other tabs hear of it in a moment; until then the lock says that it has sounded.
    await new Promise((done) => setTimeout(done, 3_000))
  })
}

/** play sounds at once. */
export function play(): void {
  try {
    context ??= new AudioContext()
    void context.resume()
    for (const tone of tones) one(context, tone.hertz, context.currentTime + tone.at)
  } catch {
    // A browser without sound shows the rest.
  }
}

function one(on: AudioContext, hertz: number, at: number): void {
  const pitch = on.createOscillator()
  const volume = on.createGain()
  pitch.frequency.value = hertz
  volume.gain.setValueAtTime(0.0001, at)
  volume.gain.exponentialRampToValueAtTime(0.15, at + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.25)
  pitch.connect(volume).connect(on.destination)
  pitch.start(at)
  pitch.stop(at + 0.3)
}
