const programs: [RegExp, string][] = [
  [/YaBrowser\//, 'Yandex Browser'],
  [/Edg(A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(HeadlessChrome|Chrome|CriOS)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]

/** browserName says in short what a browser called itself: "Firefox, Windows". */
export function browserName(agent: string): string {
  const of = (list: [RegExp, string][]) => list.find(([form]) => form.test(agent))?.[1]
  return [of(programs), of(systems)].filter(Boolean).join(', ') || agent.slice(0, 60) || '?'
}
