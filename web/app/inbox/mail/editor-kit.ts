import { Extension, Node } from '@tiptap/core'
import Bold from '@tiptap/extension-bold'
import Image from '@tiptap/extension-image'
import Italic from '@tiptap/extension-italic'
import Paragraph from '@tiptap/extension-paragraph'
import type { Node as Doc } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import StarterKit from '@tiptap/starter-kit'
import { emphasis, fileAt } from './paste'

/** linkable is true for what a click in somebody's mail may open. */
export function linkable(address: string): boolean {
  return /^(https?:\/\/|mailto:|tel:)\S+$/i.test(address)
}

/**
 * A line is a line, here and in every program that shows the mail: paragraphs of their
 * own would stand further apart there than here.
 */
const Line = Paragraph.extend({
  parseHTML: () => [{ tag: 'p' }, { tag: 'div', priority: 40 }],
  renderHTML: () => ['div', 0],
})

const styleOf = (element: HTMLElement) => element.getAttribute('data-style')

const Strong = Bold.extend({
  parseHTML: () => [
    { tag: 'strong' },
    { tag: 'b', getAttrs: (element) => (emphasis.thin(styleOf(element)) ? false : null) },
    { tag: 'span', getAttrs: (element) => (emphasis.bold(styleOf(element)) ? null : false) },
  ],
})

const Slanted = Italic.extend({
  parseHTML: () => [
    { tag: 'em' },
    { tag: 'i' },
    { tag: 'span', getAttrs: (element) => (emphasis.slanted(styleOf(element)) ? null : false) },
  ],
})

/** The file that a picture shows, by its name or by its address here. */
function fileOf(element: HTMLElement): string | null {
  const named = element.getAttribute('data-file') ?? ''
  return /^\d+$/.test(named) ? named : fileAt(element.getAttribute('src') ?? '', location.origin)
}

/** The signature is a part of the text that can be changed, and that alone is no message. */
const Signature = Node.create({
  name: 'signature',
  group: 'block',
  content: 'block+',
  defining: true,
  parseHTML: () => [{ tag: 'section.parley-signature' }],
  renderHTML: () => ['section', { class: 'parley-signature' }, 0],
})

/**
 * A picture that was uploaded, or one of a mail here, of which the server sends a copy along. Others
 * are not taken in: they would be fetched from elsewhere.
 */
const Picture = Image.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      src: {
        default: null,
        parseHTML: (element) => {
          const file = fileOf(element)
          return file && `/api/v1/files/${file}`
        },
      },
      file: {
        default: null,
        parseHTML: fileOf,
        renderHTML: ({ file }) => ({ 'data-file': file }),
      },
    }
  },
  parseHTML: () => [{ tag: 'img', getAttrs: (element) => (fileOf(element) ? null : false) }],
}).configure({ inline: true })

/** unwritten is true for as long as nothing stands before the signature, or at all. */
export function unwritten(doc: Doc): boolean {
  const first = doc.firstChild
  const alone = doc.childCount === 1 || (doc.childCount === 2 && doc.child(1).type.name === 'signature')
  return alone && first?.isTextblock === true && first.content.size === 0
}

/** The invitation to write stands in the first line for as long as nothing does. */
function placeholder(text: string) {
  return Extension.create({
    name: 'placeholder',
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          decorations: ({ doc }) => {
            if (!doc.firstChild || !unwritten(doc)) return null
            return DecorationSet.create(doc, [
              Decoration.node(0, doc.firstChild.nodeSize, { 'data-placeholder': text }),
            ])
          },
        },
      }),
    ],
  })
}

/** What a mail may hold: no more than any program that reads mails shows well. */
export function mailKit(invitation: string) {
  return [
    StarterKit.configure({
      bold: false,
      code: false,
      codeBlock: false,
      heading: false,
      horizontalRule: false,
      italic: false,
      paragraph: false,
      strike: false,
      trailingNode: false,
      underline: false,
      dropcursor: { class: 'drop-cursor', color: false },
      link: {
        openOnClick: false,
        autolink: true,
        defaultProtocol: 'https',
        HTMLAttributes: { target: null, rel: null },
        isAllowedUri: (address) => linkable(address) || !/^[a-z][a-z0-9+.-]*:/i.test(address),
      },
    }),
    Line,
    Strong,
    Slanted,
    Picture,
    Signature,
    ...(invitation ? [placeholder(invitation)] : []),
  ]
}
