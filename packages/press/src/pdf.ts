import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { renderJson } from './edition.ts'
import type { EditionDocument } from './edition.ts'
import type { Language } from './language.ts'
import { plain } from './plain.ts'
import { printSheet } from './print-sheet.ts'

/** The two PDFs of an edition: the compiler keeps one standard at a time. */
export interface Pdfs {
  /** PDF/UA-1, for who hears it. */
  readonly accessible: Uint8Array
  /** PDF/A-3a, for archives. */
  readonly archive: Uint8Array
}

/**
 * The edition as a tagged PDF (PDF/UA-1), set by typst in this process; typst is loaded on first use, so that a
 * browser may import this package for all else. The edition's JSON is attached as `edition.json`.
 *
 * Equal editions give equal bytes on one machine: the date is the edition's own, and the fonts are two that come with typst.
 * Where one of the same name is installed, typst prefers that one, so another machine may embed other bytes of the same
 * glyphs. Characters that the fonts lack (an emoji, Chinese) are printed as their code, `[U+4E2D]`, since PDF/UA-1 refuses
 * what cannot be shown.
 *
 * @param options.language  language of the words around the document; default: the edition's
 * @throws Error  when typst refuses the document, with its reason
 * @limits about half a second for 150 lines, during which this thread is busy
 */
export async function renderPdf(edition: EditionDocument, options: PdfOptions = {}): Promise<Uint8Array> {
  return (await write(edition, options, ['ua-1']))[0] ?? nothing()
}

/** Both PDFs from one setting of the type, each with the edition's JSON attached; see {@link renderPdf}. */
export async function renderPdfs(edition: EditionDocument, options: PdfOptions = {}): Promise<Pdfs> {
  const [accessible = nothing(), archive = nothing()] = await write(edition, options, ['ua-1', 'a-3a'])
  return { accessible, archive }
}

interface PdfOptions {
  readonly language?: Language
}

type Standard = 'ua-1' | 'a-3a'

async function write(
  edition: EditionDocument,
  { language = edition.language }: PdfOptions,
  standards: readonly Standard[],
): Promise<readonly Uint8Array[]> {
  return await setAll('edition.typ', printSheet(edition, language), renderJson(edition), standards)
}

/**
 * Sets a sheet by a template beside this file, which finds it in `sys.inputs.sheet`, as PDF/UA-1.
 *
 * @throws Error  when typst refuses the document, with its reason
 */
export async function setInType(template: Template, of: object): Promise<Uint8Array> {
  return (await setAll(template, of, '', ['ua-1']))[0] ?? nothing()
}

type Template = 'edition.typ' | 'paper/paper.typ'

/** @param data what the template attaches as it is */
async function setAll(
  template: Template,
  of: object,
  data: string,
  standards: readonly Standard[],
): Promise<readonly Uint8Array[]> {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const { readFile } = await import('node:fs/promises')
  const main = templates.get(template) ?? (await readFile(new URL(template, import.meta.url), 'utf8'))
  templates.set(template, main)
  compiler ??= NodeCompiler.create({ workspace: import.meta.dirname })
  const sheet = JSON.stringify(of, (_key, value: unknown) =>
    typeof value === 'string' ? breakable(plain(value)) : value,
  )
  try {
    return typeset(compiler, { main, sheet, data }, standards)
  } finally {
    compiler.evictCache(0)
  }
}

function nothing(): never {
  throw new Error('The PDF was not written.')
}

let compiler: NodeCompiler | undefined
const templates = new Map<string, string>()

/** A refused character shows itself only when the PDF is written; a few rounds find all of them. */
const maxRounds = 8

/** What the template is given: what to print, and what to attach as it is. */
interface Setting {
  readonly main: string
  readonly sheet: string
  readonly data: string
}

function typeset(typst: NodeCompiler, setting: Setting, standards: readonly Standard[]): readonly Uint8Array[] {
  let text = setting.sheet
  for (let round = 1; ; round += 1) {
    const { result, error } = compile(typst, { ...setting, sheet: text }, standards)
    if (result) return result
    const missing = missingCharacters(error)
    if (missing.size === 0 || round === maxRounds) throw new Error('The PDF could not be typeset.', { cause: error })
    text = text.replaceAll(/[^\0-\x7e]/gu, (character) => (missing.has(character) ? codeOf(character) : character))
  }
}

type Attempt =
  | { readonly result: readonly Uint8Array[]; readonly error?: never }
  | { readonly result?: never; readonly error: Error }

function compile(typst: NodeCompiler, { main, sheet, data }: Setting, standards: readonly Standard[]): Attempt {
  const compiled = typst.compile({ mainFileContent: main, inputs: { sheet, data } })
  const document = compiled.result
  if (!document) {
    const diagnostics = compiled.takeDiagnostics()?.shortDiagnostics ?? []
    return { error: new Error(JSON.stringify(diagnostics)) }
  }
  try {
    return { result: standards.map((pdfStandard) => new Uint8Array(typst.pdf(document, { pdfStandard }))) }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
}

/** Reads the characters out of typst's complaint ``the text `"…"` could not be displayed``; `\u{…}` is Rust's escape. */
function missingCharacters(error: Error): Set<string> {
  const found = new Set<string>()
  for (const [, quoted = ''] of error.message.matchAll(/the text `\\?"(.*?)\\?"` could not be displayed/gs)) {
    const text = quoted.replaceAll(/\\+u\{([0-9a-f]+)\}/g, (_escape, hex: string) =>
      String.fromCodePoint(parseInt(hex, 16)),
    )
    for (const character of text) if (character > '~') found.add(character)
  }
  return found
}

function codeOf(character: string): string {
  return `[U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`
}

/** No line of print holds a word of more than 40 characters: longer ones may break there, at a zero-width space. */
function breakable(text: string): string {
  return text.replaceAll(/[^\s\u200B]{41,}/gu, (word) => word.replaceAll(/.{40}(?=.)/gsu, '$&\u200B'))
}
