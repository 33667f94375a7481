import { call } from './http'
import type { ID, MessageTemplate, TemplateList } from './types'

/** Texts that networks have to approve. */
export const messageTemplates = {
  list: (account?: ID) => call<TemplateList>('GET', '/message-templates', { query: { account } }),
  refresh: (account: ID) =>
    call<TemplateList>('POST', '/message-templates/refresh', { body: { account_id: account } }),
}

const placeholder = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g

/** preview is how a template reads with values, as the server fills them in. */
export function preview(template: MessageTemplate, values: string[]): string {
  const put = (text: string, prefix: string) =>
    text.replace(placeholder, (found, name: string) => {
      const at = template.params.indexOf(prefix + name)
      return values[at] || found
    })
  const header = template.file ? '' : put(template.header, 'header.')
  return [header, put(template.body, ''), template.footer].filter(Boolean).join('\n\n')
}
