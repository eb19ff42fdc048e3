import { block, type Block, type Source } from './block.ts'
import { isControlName } from './nature.ts'
import { plain } from './normalise.ts'

const BULLET = /^(\s*)(?:[-*+•●▪◦‣·–]|o(?=\s{2}))\s+(?=\S)/
const NUMBERED = /^(\s*)(?:\(?\d{1,2}[.)]|\(?[a-z][.)]|\(?[ivx]{1,4}[.)])\s+(?=\S)/
/** A clause of a contract, numbered over several levels: begins a paragraph of its own, in whatever case its text goes on. */
const CLAUSE = /^\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+\S/
const TICK = /^\s*(?:\[([ xX✓✔])\]|([☒☑✅✓✔🗹])|([☐❌✗✘🗷]))\s*/u

/**
 * Reads plain text and Markdown. The two are one format here: plain text is full of Markdown's marks, and Markdown
 * files are full of plain habits such as headings without marks.
 *
 * @param pageOfLine page of each line where the text comes from a PDF
 */
export function readLines(lines: readonly string[], pageOfLine: readonly number[] | null = null): Source {
  const blocks: Block[] = []
  const skipUntil = leadingMatter(lines)
  const wrapped = isHardWrapped(lines)
  let fence: string | null = null
  let comment = false
  let table = false
  let lastLine = 0
  for (let i = 0; i < lines.length; i++) {
    const raw = lines[i] ?? ''
    const line = i + 1
    const page = pageOfLine?.[i] ?? null
    const text = raw.trim()
    if (text === '') {
      table = false
      continue
    }
    if (i < skipUntil) {
      blocks.push(block({ kind: 'skip', line, page, text }))
      continue
    }
    if (comment || text.startsWith('<!--')) {
      comment = !text.includes('-->')
      blocks.push(block({ kind: 'skip', line, page, text }))
      continue
    }
    const fenceMark = /^(```|~~~)/.exec(text)?.[1] ?? null
    if (fence !== null || fenceMark !== null) {
      fence = fence === null ? fenceMark : fenceMark === fence ? null : fence
      blocks.push(block({ kind: 'skip', line, page, text }))
      continue
    }
    if (/^([-*_=])(\s*\1){2,}$/.test(text)) {
      const previous = blocks.at(-1)
      if (
        /^[=-]+$/.test(text) &&
        previous?.kind === 'paragraph' &&
        previous.line === line - 1 &&
        previous.text.length < 120
      )
        blocks[blocks.length - 1] = { ...previous, kind: 'heading', depth: text.startsWith('=') ? 1 : 2 }
      blocks.push(block({ kind: 'skip', line, page, text }))
      table = false
      continue
    }
    const alone = (lines[i - 1] ?? '').trim() === '' && (lines[i + 1] ?? '').trim() === ''
    if (text.includes('|') && (text.startsWith('|') || table || isTableRule(lines[i + 1] ?? ''))) {
      if (isTableRule(text)) {
        blocks.push(block({ kind: 'skip', line, page, text }))
        continue
      }
      const cells = splitRow(text)
      const header = !table && isHeader(cells, lines[i + 1] ?? '')
      table = true
      blocks.push(block({ kind: 'row', line, page, text: cells.join(' | '), cells, header }))
      continue
    }
    table = false
    const boxes = tickedCells(text)
    if (boxes.length > 0) {
      for (const { content, ticked } of boxes) blocks.push(block({ kind: 'item', line, page, text: content, ticked }))
      lastLine = line
      continue
    }
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(text)
    if (heading) {
      blocks.push(
        block({ kind: 'heading', line, page, text: plain(heading[2] ?? ''), depth: heading[1]?.length ?? 1, alone }),
      )
      continue
    }
    const bold = /^\*\*([^*|]{2,90})\*\*:?$/.exec(text)
    if (bold && !/[.!]$|:\*\*.|: /.test(bold[1] ?? '')) {
      blocks.push(block({ kind: 'heading', line, page, text: plain(bold[1] ?? '').replace(/:$/, ''), depth: 6, alone }))
      continue
    }
    const quoted = text.startsWith('>') ? raw.replace(/^\s*(?:>\s?)+/, '') : raw
    const item = BULLET.exec(quoted) ?? NUMBERED.exec(quoted)
    const body = item ? quoted.slice(item[0].length) : quoted
    const tick = TICK.exec(body)
    const ticked = tick ? tick[2] !== undefined || (tick[1] ?? ' ').trim() !== '' : null
    const content = plain(tick && tick[0].length < body.length ? body.slice(tick[0].length) : body)
    if (content === '') {
      blocks.push(block({ kind: 'skip', line, page, text }))
      continue
    }
    if (item || tick) {
      lastLine = line
      const number = item && NUMBERED.test(quoted) && !BULLET.test(quoted) ? plain(item[0]) + ' ' : ''
      blocks.push(
        block({ kind: 'item', line, page, text: number + content, depth: indentation(item?.[1] ?? ''), ticked, alone }),
      )
      continue
    }
    const previous = blocks.at(-1)
    if (
      previous &&
      lastLine === line - 1 &&
      continues(previous, raw, content, wrapped && (lines[i - 1] ?? '').length >= 50)
    ) {
      blocks[blocks.length - 1] = { ...previous, text: joinLines(previous.text, content) }
      lastLine = line
      continue
    }
    lastLine = line
    blocks.push(block({ kind: 'paragraph', line, page, text: content, alone }))
  }
  return { blocks: withCrosses(blocks, lines), lines, pages: null, pageOfLine, title: null }
}

/** A line of a form with a tick box per cell: "☒ Two-factor sign-in | ☐ Smart cards". */
function tickedCells(text: string): { content: string; ticked: boolean | null }[] {
  if (!/\|\s*[☒☑☐]|^[☒☑☐].*\|/u.test(text)) return []
  return text.split('|').flatMap((cell) => {
    const tick = TICK.exec(cell)
    const content = plain(tick ? cell.slice(tick[0].length) : cell)
    return content === '' ? [] : [{ content, ticked: tick ? tick[2] !== undefined : null }]
  })
}

const CROSS = /^[Xx☒]\s+(?=\p{Lu})/u

/** A box with a cross in it, as forms have it; a check mark is often mere decoration and says nothing about its neighbours. */
const CROSSED_BOX = /(\[[xX]\]|☒)\s/u

/** Crosses in a document from which on they are answers rather than a letter. */
const FEWEST_CROSSES = 2

/**
 * Forms that lost their boxes, or show the chosen ones only: in a run of short lines some are crossed, and those without
 * are not ticked. A run ends at a heading, at a long line and at a sentence, and where nothing is crossed it is none. A
 * document that also shows empty boxes leaves nothing to conclude from their absence.
 */
function withCrosses(blocks: readonly Block[], lines: readonly string[]): Block[] {
  const empty = blocks.some((one) => one.ticked === false)
  const crossed = (one: Block) =>
    CROSS.test(one.text) || (!empty && one.ticked === true && CROSSED_BOX.test(lines[one.line - 1] ?? ''))
  if (blocks.filter(crossed).length < FEWEST_CROSSES) return [...blocks]
  const result = [...blocks]
  let run: number[] = []
  const close = () => {
    const chosen = run.map((index) => blocks[index]).filter((one) => one !== undefined && crossed(one))
    if (chosen.length > 0) {
      for (const index of run) {
        const one = blocks[index]
        if (one) result[index] = { ...one, kind: 'item', text: one.text.replace(CROSS, ''), ticked: crossed(one) }
      }
    }
    run = []
  }
  blocks.forEach((one, index) => {
    if (crossed(one)) run.push(index)
    else if (!mayBeUnticked(one)) close()
    else if (!/^(technische|organisatorische|technical|organi[sz]ational) (maßnahmen|measures)$/i.test(one.text))
      run.push(index)
  })
  close()
  return result
}

/** Whether a line could be one that nobody chose: short, without a box, no lead-in, number, name of a control or sentence. */
function mayBeUnticked(one: Block): boolean {
  return (
    (one.kind === 'paragraph' || one.kind === 'item') &&
    one.text.length < 100 &&
    one.ticked === null &&
    !/:$|^(\d+\.)+\d*\s|(\s\S+){5}\.$/.test(one.text) &&
    !(one.kind === 'paragraph' && isControlName(one.text))
  )
}

/** Whether the lines were broken at a margin, as mail programs and editors do: nearly all that go on are about as long. */
function isHardWrapped(lines: readonly string[]): boolean {
  const going = lines.filter((line, index) => /^\s*\p{L}/u.test(line) && /^\s*\p{L}/u.test(lines[index + 1] ?? ''))
  const filled = going.filter((line) => line.length >= 55 && line.length <= 100)
  return going.length >= 6 && filled.length >= going.length * 0.7 && going.every((line) => line.length <= 110)
}

/** Number of leading lines that are not part of the document: front matter, or comment lines closed by `#---`. */
function leadingMatter(lines: readonly string[]): number {
  if ((lines[0] ?? '').trim() === '---') {
    const end = lines.slice(1, 60).findIndex((line) => line.trim() === '---')
    return end < 0 ? 0 : end + 2
  }
  const end = lines.slice(0, 20).findIndex((line) => /^#-{3,}$/.test(line.trim()))
  return end > 0 && lines.slice(0, end).every((line) => line.startsWith('#')) ? end + 1 : 0
}

/** The line of dashes under the header of a Markdown table. */
function isTableRule(text: string): boolean {
  return /^[\s:|-]+$/.test(text) && text.includes('-')
}

function splitRow(text: string): string[] {
  return text
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => plain(cell.replaceAll('\\|', '|')))
}

const HEADER_WORDS =
  /^(ma(ß|ss)nahmen?|measures?|controls?|status|umsetzung|implementation|details?|description|beschreibung|technische ma(ß|ss)nahmen|organisatorische ma(ß|ss)nahmen|technical( and organi[sz]ational)?( measures)?|organi[sz]ational( measures)?|requirement|anforderung|bereich|area|datum|date|version|punkt|kontrolle|nachweis)$/i

function isHeader(cells: readonly string[], next: string): boolean {
  return isTableRule(next) || cells.filter((cell) => cell !== '').every((cell) => HEADER_WORDS.test(cell))
}

function indentation(space: string): number {
  return Math.floor(space.replaceAll('\t', '    ').length / 2)
}

/** A line goes on with the one before when that was filled to the margin and did not end, or when it is the indented rest of an item. */
function continues(previous: Block, raw: string, content: string, filled: boolean): boolean {
  if (CLAUSE.test(content)) return false
  if (previous.kind === 'item') return /^\s{2,}\S/.test(raw) && !/^[\p{L}\d].{0,40}:$/u.test(content)
  if (previous.kind !== 'paragraph') return false
  if (filled && !/[.!?:]$/.test(previous.text)) return true
  return !/[.!?:;)"”]$/.test(previous.text) && /^[\p{Ll}(]/u.test(content) && previous.text.length >= 45
}

function joinLines(before: string, after: string): string {
  return /\p{Ll}-$/u.test(before) && /^\p{Ll}/u.test(after) ? before.slice(0, -1) + after : `${before} ${after}`
}
