import { Unreadable } from '../engine/reading.ts'

/** An element with what stands directly in it. */
export type Element = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
  text: string
}

const most = { depth: 32, elements: 50_000, text: 20_000 }

/**
 * Reads the XML of a feed, in one pass. Feeds are foreign: nothing is fetched, no entity but the five of XML is known, and a
 * document type, a depth or a number of elements that no feed has end it.
 *
 * @throws {Unreadable} contract
 */
export function parseXml(source: string): Element {
  const root: Element = { name: '', attributes: new Map(), children: [], text: '' }
  const open: Element[] = [root]
  let elements = 0
  let at = 0
  const top = () => open.at(-1) ?? root
  while (at < source.length) {
    const next = source.indexOf('<', at)
    addText(top(), decode(source.slice(at, next < 0 ? source.length : next)))
    if (next < 0) break
    if (source.startsWith('<!--', next)) at = endOf(source, '-->', next + 4)
    else if (source.startsWith('<?', next)) at = endOf(source, '?>', next + 2)
    else if (source.startsWith('<![CDATA[', next)) {
      at = endOf(source, ']]>', next + 9)
      addText(top(), source.slice(next + 9, at - 3))
    } else if (source.startsWith('<!', next)) throw refusal('a document type')
    else if (source.startsWith('</', next)) {
      at = endOf(source, '>', next + 2)
      if (open.length === 1 || open.pop()?.name !== source.slice(next + 2, at - 1).trim())
        throw refusal('a tag that closes nothing')
    } else {
      const { element, end, isClosed } = openTag(source, next)
      elements += 1
      if (elements > most.elements || open.length > most.depth) throw refusal('more elements than a feed has')
      top().children.push(element)
      if (!isClosed) open.push(element)
      at = end
    }
  }
  const [document, second] = root.children
  if (open.length !== 1 || document === undefined || second !== undefined) throw refusal('no whole document')
  return document
}

/** All children of a name. */
export const childrenOf = ({ children }: Element, name: string) => children.filter((one) => one.name === name)

/** The text of the first child of a name, or an empty one. */
export const textOf = (element: Element, name: string) => childrenOf(element, name)[0]?.text.trim() ?? ''

function openTag(source: string, start: number): { element: Element; end: number; isClosed: boolean } {
  const name = /[^\s/>]*/y
  name.lastIndex = start + 1
  const found = name.exec(source)?.[0] ?? ''
  if (!/^[\p{L}_][\w.:-]*$/u.test(found)) throw refusal('a tag without a name')
  const attributes = new Map<string, string>()
  let at = start + 1 + found.length
  for (;;) {
    const attribute = /\s+([^\s=/<>"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
    attribute.lastIndex = at
    const [whole, key, double, single] = attribute.exec(source) ?? []
    if (whole === undefined || key === undefined) break
    attributes.set(key, decode(double ?? single ?? ''))
    at += whole.length
  }
  const close = /\s*(\/?)>/y
  close.lastIndex = at
  const end = close.exec(source)
  if (end === null) throw refusal('a tag that does not end')
  return {
    element: { name: found, attributes, children: [], text: '' },
    end: at + end[0].length,
    isClosed: end[1] === '/',
  }
}

function endOf(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from)
  if (at < 0) throw refusal('a part that does not end')
  return at + mark.length
}

function addText(element: Element, text: string): void {
  if (element.text.length < most.text) element.text += text.slice(0, most.text - element.text.length)
}

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

const decode = (text: string) =>
  text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|\w{1,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities.get(name) ?? whole
    const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : ''
  })

const refusal = (what: string) => new Unreadable('contract', `the feed has ${what}`)
