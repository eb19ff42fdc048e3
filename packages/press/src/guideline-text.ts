/** A run of a line: plain or strong. */
export interface TextRun {
  readonly text: string
  readonly strong: boolean
}

/** A piece of a guideline's text. */
export type TextPiece =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly runs: readonly TextRun[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly TextRun[])[] }

/**
 * Reads the part of Markdown that a guideline may use: headings (`#` to `###`), lists (`-`, `1.`), paragraphs and `**strong**`.
 *
 * Everything else, such as HTML, links and pictures, is text and stays as it is written: the result holds no markup of others.
 */
export function readGuidelineText(markdown: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let open: { kind: 'paragraph' | 'bullets' | 'numbers'; lines: string[] } | null = null
  const close = (): void => {
    if (!open) return
    const { kind, lines } = open
    if (kind === 'paragraph') pieces.push({ kind, runs: runsOf(lines.join(' ')) })
    else pieces.push({ kind: 'list', ordered: kind === 'numbers', items: lines.map(runsOf) })
    open = null
  }
  const add = (kind: 'paragraph' | 'bullets' | 'numbers', line: string): void => {
    if (open?.kind !== kind) close()
    open ??= { kind, lines: [] }
    open.lines.push(line)
  }
  for (const line of markdown.split('\n')) {
    const text = line.trim()
    const [, marks, title] = /^(#{1,3}) +(\S.*)$/.exec(text) ?? []
    const [, bullet] = /^[-*] +(\S.*)$/.exec(text) ?? []
    const [, numbered] = /^\d{1,3}[.)] +(\S.*)$/.exec(text) ?? []
    if (text === '') close()
    else if (marks !== undefined && title !== undefined) {
      close()
      pieces.push({ kind: 'heading', level: marks.length === 1 ? 1 : marks.length === 2 ? 2 : 3, text: title })
    } else if (bullet !== undefined) add('bullets', bullet)
    else if (numbered !== undefined) add('numbers', numbered)
    else add('paragraph', text)
  }
  close()
  return pieces
}

/** Text between two pairs of asterisks is strong; a pair without its other stays what it is. */
function runsOf(line: string): TextRun[] {
  const parts = line.split('**')
  const isWhole = parts.length % 2 === 1
  if (!isWhole) return [{ text: line, strong: false }]
  return parts.flatMap((text, index) => (text === '' ? [] : [{ text, strong: index % 2 === 1 }]))
}
