/**
 * What to do about a mail that did not arrive, by the code of its failure: an enhanced
 * status (RFC 3463) such as "5.1.1", or a code of our own.
 */
export type Advice = 'address' | 'full' | 'size' | 'policy' | 'domain' | 'later'

const byStatus: [RegExp, Advice][] = [
  [/^[45]\.1\.(1|3|6|0)$/, 'address'],
  [/^5\.2\.1$/, 'address'],
  [/^[45]\.(1\.(2|10)|4\.4)$/, 'domain'],
  [/^[45]\.2\.2$/, 'full'],
  [/^[45]\.(2\.3|3\.4)$/, 'size'],
  [/^5\.(7\.\d+|1\.8|6\.\d+)$/, 'policy'],
  [/^4\./, 'later'],
  [/^5\.4\.7$/, 'later'],
]

const byCode: Record<string, Advice> = {
  recipient_unknown: 'address',
  mailbox_full: 'full',
  mail_too_large: 'size',
}

export function failureAdvice(code: string): Advice | null {
  if (Object.hasOwn(byCode, code)) return byCode[code] ?? null
  return byStatus.find(([shape]) => shape.test(code))?.[1] ?? null
}
