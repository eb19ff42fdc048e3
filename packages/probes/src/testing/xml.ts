/** An element of a document; texts of its own are joined. */
export type Element = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

type Open = { name: string; attributes: Record<string, string>; children: Element[]; text: string }

const token = /<\?xml[^<>]*\?>|<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Reads XML 1.0 strictly, as far as art32 writes it: elements, attributes in double quotes, text, the five entities. No
 * comment, no CDATA, no document type.
 *
 * @throws {Error} it is not well-formed, or holds a character that XML 1.0 cannot say
 */
export function readXml(document: string): Element {
  const root: Open = { name: '', attributes: {}, children: [], text: '' }
  const open: Open[] = [root]
  token.lastIndex = 0
  while (token.lastIndex < document.length) {
    const at = token.lastIndex
    const [whole, closing, name, attributes = '', empty, text] = token.exec(document) ?? fail(document, at)
    const current = open.at(-1) ?? root
    if (text !== undefined) current.text += unescaped(text)
    else if (closing === '/') {
      if (current.name !== name || open.length === 1) fail(document, at)
      open.pop()
    } else if (name !== undefined) {
      const element: Open = { name, attributes: attributesOf(attributes), children: [], text: '' }
      current.children.push(element)
      if (empty !== '/') open.push(element)
    } else if (at > 0 || !whole.startsWith('<?xml')) fail(document, at)
  }
  const [only, ...others] = root.children
  if (open.length !== 1 || only === undefined || others.length > 0 || root.text.trim() !== '')
    fail(document, document.length)
  return only
}

function attributesOf(text: string): Record<string, string> {
  const all = [...text.matchAll(/([\w:-]+)="([^"<]*)"/g)].map(([, name = '', value = '']) => [name, unescaped(value)])
  if (new Set(all.map(([name]) => name)).size !== all.length) throw new Error(`an attribute stands twice: ${text}`)
  return Object.fromEntries(all) as Record<string, string>
}

function unescaped(text: string): string {
  // Char of XML 1.0, section 2.2; a half of a surrogate pair is none.
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(text))
    throw new Error('not a character of XML')
  if (text.includes(']]>')) throw new Error(']]> stands in a text')
  return text.replaceAll(/&([^;&]*)(;?)/g, (_, name: string, end: string) => {
    const char = end === ';' ? entities[name] : undefined
    if (char === undefined) throw new Error(`not an entity: &${name}`)
    return char
  })
}

function fail(document: string, at: number): never {
  throw new Error(`not well-formed at ${at}: ${document.slice(at, at + 80)}`)
}
