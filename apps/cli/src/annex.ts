import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { isViewId, viewOf } from '@art32/catalogue'
import {
  annexPaper,
  annexSheet,
  editionFor,
  presetOf,
  renderJson,
  renderPaperDocx,
  renderPaperPage,
  renderPaperPdf,
} from '@art32/press'
import type { Language, Paper, PresetId } from '@art32/press'
import { fileRefusal, loadBundle } from './bundle-source.ts'
import { nodeCrypto } from './node-crypto.ts'
import { Refusal } from './refusal.ts'
import type { Terminal } from './terminal.ts'
import { editionOfBundle } from './verification.ts'
import { checkWritable } from './whole-file.ts'

/** Options of `art32 annex`. */
export interface AnnexCommandOptions {
  readonly as: PresetId
  readonly output: string
  readonly language?: Language
}

/**
 * Makes the annex of a contract from a proof bundle, which has to hold: whoever got the bundle needs no server for it.
 *
 * @throws {Refusal} a bundle that does not hold, a draft, or a file name that says no form
 */
export async function annex(source: string, options: AnnexCommandOptions, terminal: Terminal): Promise<0> {
  const render = renderers[extname(options.output).toLowerCase()]
  if (!render) throw new Refusal('Name the file with its form: --output annex.pdf, annex.docx or annex.html.')
  await checkWritable(options.output, '--output')
  const { files } = await loadBundle(source)
  const edition = editionFor('public', editionOfBundle(nodeCrypto, files))
  if (edition.state !== 'edition')
    throw new Refusal('This is the bundle of a draft. Only a published edition can be attached to a contract.', 1)
  const preset = presetOf(options.as)
  if (!isViewId(preset.view)) throw new Refusal('This annex has no headings.')
  const sheet = annexSheet(edition, preset, viewOf(preset.view), {
    language: options.language ?? edition.language,
    sha256: createHash('sha256').update(renderJson(edition)).digest('hex'),
    url: /^https?:\/\//i.test(source) ? source : null,
  })
  const bytes = await render(annexPaper(sheet))
  try {
    await writeFile(options.output, bytes)
  } catch (error) {
    throw fileRefusal(error, 'the annex') ?? error
  }
  terminal.out(`${options.output}: ${sheet.label}, ${sheet.version}, ${bytes.length} bytes\n`)
  return 0
}

const renderers: Readonly<Record<string, (paper: Paper) => Promise<Uint8Array>>> = {
  '.pdf': renderPaperPdf,
  '.docx': renderPaperDocx,
  '.html': (paper) => Promise.resolve(Buffer.from(renderPaperPage(paper))),
}
