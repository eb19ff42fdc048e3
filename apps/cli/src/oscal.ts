import { hash } from 'node:crypto'
import { access, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { findMeasure } from '@art32/catalogue'
import { oscalFileName, oscalModels, renderOscal } from '@art32/press'
import type { EditionDocument, OscalModel } from '@art32/press'
import { loadEdition } from './edition-source.ts'
import { fileRefusal } from './bundle-source.ts'
import { Refusal } from './refusal.ts'
import { clean, type Terminal } from './terminal.ts'
import { writeWhole } from './whole-file.ts'

/** Options of `art32 oscal`. */
export interface OscalOptions {
  readonly model?: OscalModel
  readonly output?: string
  readonly folder?: string
}

const nothingOpen = 'Nothing is open in this edition, so there is no plan: OSCAL has none without an item.'

/**
 * Writes an edition as OSCAL, without a server: one model to stdout or a file, or all of them into a folder.
 *
 * @throws {Refusal} no edition, a bundle that does not hold, or a place that takes no file
 */
export async function oscal(source: string, options: OscalOptions, terminal: Terminal): Promise<0> {
  const { model, output, folder } = options
  if ((model === undefined) === (folder === undefined) || (folder !== undefined && output !== undefined))
    throw new Refusal(
      `Say which model is printed or kept (--model ${oscalModels.join('|')}, with --output <file>), or a folder for all of them (--folder <folder>).`,
    )
  const edition = await loadEdition(source)
  if (edition === null)
    throw new Refusal(
      `${clean(source)} is no edition: give its JSON, its proof bundle, or the address of its page. A document becomes one on a server.`,
    )
  if (model !== undefined) await one(model, edition, output, terminal)
  if (folder !== undefined) await all(edition, folder, terminal)
  return 0
}

async function one(
  model: OscalModel,
  edition: EditionDocument,
  output: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const text = render(model, edition)
  if (text === null) terminal.err(`${nothingOpen}\n`)
  else if (output === undefined) terminal.out(text)
  else await keep(output, text, '--output', terminal)
}

async function all(edition: EditionDocument, folder: string, terminal: Terminal): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw (
      fileRefusal(error, 'the folder') ?? new Refusal(`--folder: ${clean(folder)} is no folder.`, 2, { cause: error })
    )
  }
  for (const model of oscalModels) {
    const path = join(folder, oscalFileName(model))
    const text = render(model, edition)
    if (text !== null) await keep(path, text, '--folder', terminal)
    else {
      const isThere = await access(path).then(
        () => true,
        () => false,
      )
      terminal.err(`${nothingOpen}${isThere ? ` ${clean(path)} is of another edition.` : ''}\n`)
    }
  }
}

async function keep(path: string, text: string, what: string, terminal: Terminal): Promise<void> {
  const bytes = await writeWhole(path, [text], what)
  terminal.err(`${clean(path)}: ${bytes} bytes\n`)
}

function render(model: OscalModel, edition: EditionDocument): string | null {
  try {
    return renderOscal(model, edition, {
      sha1: (bytes) => hash('sha1', bytes, 'buffer'),
      measureOf: findMeasure,
    })
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(error.message, 2, { cause: error })
    throw error
  }
}
