/** Whether dark ink reads better than white on a colour given as #rrggbb (relative luminance, WCAG 2.2). */
export function darkInk(color: string): boolean {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const v = Number.parseInt(color.slice(i, i + 2), 16) / 255
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.1791
}

/** The colour if it is a plain #rrggbb, else the house colour: what comes from outside never becomes free CSS. */
export function safeColor(color: unknown): string {
  return typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color) ? color : '#0f766e'
}
