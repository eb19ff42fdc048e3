/** An element of an answer, without attributes. */
export type Element = { readonly name: string; readonly children: readonly Element[]; readonly text: string }

type Open = { name: string; children: Element[]; text: string }

const deepest = 16
const token = /<\?[^>]*\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y

/**
 * Reads the plain XML in which the storage answers: elements, text and the five named entities. Whatever else there is
 * in XML (document types, own entities, comments, sections) is refused, since nobody needs it and much of it is a danger.
 *
 * @returns the root, or undefined where the text is something else
 */
export function parseXml(text: string): Element | undefined {
  const root: Open = { name: '', children: [], text: '' }
  const path: Open[] = [root]
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  token.lastIndex = 0
  while (token.lastIndex < source.length) {
    const match = token.exec(source)
    const top = path.at(-1)
    if (match === null || top === undefined) return undefined
    const [whole, closing, name, , empty] = match
    if (name === undefined) {
      if (whole.startsWith('<?')) continue
      const plain = decoded(whole)
      if (plain === undefined || (path.length === 1 && plain.trim() !== '')) return undefined
      top.text += plain
    } else if (closing === '/') {
      if (path.length === 1 || top.name !== name) return undefined
      path.pop()
    } else {
      const element: Open = { name, children: [], text: '' }
      top.children.push(element)
      if (empty !== '/') path.push(element)
      if (path.length > deepest) return undefined
    }
  }
  return path.length === 1 && root.children.length === 1 ? root.children[0] : undefined
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decoded(text: string): string | undefined {
  let isKnown = true
  const plain = text.replace(/&([^;&\s]*);?/g, (whole, name: string) => {
    const code = /^#(x[0-9a-f]{1,6}|\d{1,7})$/i.exec(name)?.[1]
    const value = code === undefined ? entities[name] : characterOf(code)
    if (value === undefined || !whole.endsWith(';')) isKnown = false
    return value ?? ''
  })
  return isKnown ? plain : undefined
}

function characterOf(code: string): string | undefined {
  const point = code.startsWith('x') || code.startsWith('X') ? Number.parseInt(code.slice(1), 16) : Number(code)
  return point <= 0x10_ff_ff ? String.fromCodePoint(point) : undefined
}

/** The text of the first element on this path, or undefined. */
export function textAt(element: Element, ...names: readonly string[]): string | undefined {
  let at: Element | undefined = element
  for (const name of names) at = at?.children.find((child) => child.name === name)
  return at?.text
}

/** All children of this name. */
export const allOf = (element: Element, name: string): readonly Element[] =>
  element.children.filter((child) => child.name === name)
