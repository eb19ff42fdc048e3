import { parse, type DefaultTreeAdapterMap } from 'parse5'
import { block, type Block, type Source } from './block.ts'
import { ReaderError } from './error.ts'
import type { Limits } from './limits.ts'
import { readLines } from './text.ts'

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']

const SKIPPED = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'nav',
  'svg',
  'iframe',
  'object',
  'head',
  'select',
  'button',
])
const BREAKING = new Set(
  'p div section article main header footer aside ul ol li dl dt dd table thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 br hr pre blockquote figure figcaption form fieldset address details summary body html'.split(
    ' ',
  ),
)

/**
 * Reads HTML (attacker-controlled): headings, nested lists, true tables, tick boxes, paragraphs. Lines are those of the
 * extracted text. The tree is walked without recursion, so nesting costs memory only, and it is limited.
 *
 * @throws {ReaderError} too-deep
 */
export function readHtml(html: string, limits: Limits): Source {
  const walk = new Walk(limits.depth)
  walk.all(parse(html))
  return walk.source()
}

/** Collects the text of a document tree as lines of the plain form that {@link readLines} understands. */
class Walk {
  readonly #depth: number
  readonly #blocks: Block[] = []
  readonly #lines: string[] = []
  #text = ''
  #lists = 0
  #item: number | null = null
  #heading: number | null = null
  #cells: string[] | null = null
  #headerRow = false
  #tableRows = 0
  #tick: boolean | null = null
  #title: string | null = null

  constructor(depth: number) {
    this.#depth = depth
  }

  all(root: Node): void {
    const stack: { node: Node; depth: number; leave: boolean }[] = [{ node: root, depth: 0, leave: false }]
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { node, depth } = top
      if (top.leave) {
        this.#leave(node as Element)
        continue
      }
      if (depth > this.#depth) throw new ReaderError('too-deep', { limit: this.#depth })
      if ('value' in node && node.nodeName === '#text') this.#text += node.value
      if ('tagName' in node) {
        if (node.tagName === 'head') this.#title = titleOf(node)
        if (SKIPPED.has(node.tagName) || isHidden(node)) continue
        this.#enter(node)
        stack.push({ node, depth, leave: true })
      }
      const children = 'childNodes' in node ? node.childNodes : []
      for (let i = children.length - 1; i >= 0; i--) {
        const child = children[i]
        if (child) stack.push({ node: child, depth: depth + 1, leave: false })
      }
    }
    this.#flush()
  }

  source(): Source {
    return { blocks: this.#blocks, lines: this.#lines, pages: null, pageOfLine: null, title: this.#title }
  }

  #enter(element: Element): void {
    const name = element.tagName
    if (name === 'br') this.#text += this.#cells === null && this.#heading === null ? '\n' : ' '
    if (name === 'input') this.#enterInput(element)
    if (!BREAKING.has(name) || name === 'br') return
    if (name === 'td' || name === 'th') {
      this.#text = ''
      if (name === 'td') this.#headerRow = false
      return
    }
    if (this.#cells !== null && name !== 'tr') {
      this.#text += ' '
      return
    }
    this.#flush()
    if (name === 'ul' || name === 'ol') this.#lists++
    if (name === 'li') this.#item = this.#lists
    if (/^h[1-6]$/.test(name)) this.#heading = Number(name[1])
    if (name === 'table') this.#tableRows = 0
    if (name === 'tr') {
      this.#cells = []
      this.#headerRow = true
    }
  }

  #enterInput(element: Element): void {
    const attribute = (name: string) => element.attrs.find((one) => one.name === name)
    if (attribute('type')?.value === 'checkbox') this.#tick = attribute('checked') !== undefined
  }

  #leave(element: Element): void {
    const name = element.tagName
    if (name === 'td' || name === 'th') {
      this.#cells?.push(squeeze(this.#text))
      this.#text = ''
      return
    }
    if (name === 'tr') this.#flushRow()
    if (this.#cells !== null || !BREAKING.has(name) || name === 'br') return
    this.#flush()
    if (name === 'ul' || name === 'ol') this.#lists--
    if (name === 'li') this.#item = null
    if (/^h[1-6]$/.test(name)) this.#heading = null
  }

  #flushRow(): void {
    const cells = this.#cells ?? []
    this.#cells = null
    if (cells.every((cell) => cell === '')) return
    const first = this.#tableRows++ === 0
    if (cells.length === 1) {
      this.#push({ kind: 'paragraph', text: cells[0] ?? '' })
      return
    }
    const header =
      this.#headerRow || (first && cells.every((cell) => cell.length < 60 && !/[.;]$/.test(cell)) && isTitleRow(cells))
    this.#push({ kind: 'row', text: cells.join(' | '), cells, header })
  }

  #flush(): void {
    const parts = this.#text.split('\n').map(squeeze).filter(Boolean)
    this.#text = ''
    for (const text of parts) {
      if (this.#heading !== null) this.#push({ kind: 'heading', text, depth: this.#heading })
      else if (this.#item !== null)
        this.#push({ kind: 'item', text, depth: Math.max(0, this.#item - 1), ticked: this.#tick })
      else if (this.#tick !== null) this.#push({ kind: 'item', text, ticked: this.#tick })
      else this.#plain(text)
      this.#tick = null
    }
  }

  /** A paragraph may still be a bullet, a heading in bold or a tick box in plain text: read as such. */
  #plain(text: string): void {
    for (const one of readLines([text]).blocks)
      this.#push({ ...one, kind: one.kind === 'skip' ? 'paragraph' : one.kind, text: one.text || text })
  }

  #push(part: Pick<Block, 'kind' | 'text'> & Partial<Block>): void {
    this.#lines.push(part.text)
    this.#blocks.push(block({ ...part, line: this.#lines.length, alone: part.kind === 'paragraph' }))
  }
}

function isTitleRow(cells: readonly string[]): boolean {
  return cells.some((cell) =>
    /^(measures?|maßnahmen?|status|technische|organisatorische|technical|organi[sz]ational|control|umsetzung|description|beschreibung|bereich|detail)/i.test(
      cell,
    ),
  )
}

function isHidden(element: Element): boolean {
  return element.attrs.some(
    (one) => one.name === 'hidden' || (one.name === 'style' && /display:\s*none/i.test(one.value.slice(0, 500))),
  )
}

function titleOf(head: Element): string | null {
  const title = head.childNodes.find((node): node is Element => 'tagName' in node && node.tagName === 'title')
  const text = title?.childNodes.map((node) => ('value' in node ? node.value : '')).join('') ?? ''
  return squeeze(text) || null
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
