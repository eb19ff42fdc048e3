import { unzipSync } from 'fflate'
import type { EditionDocument, Maker, Paper } from '@art32/press'
import { bug, defineErrors } from '../kernel/index.ts'
import { runApart } from './apart.ts'

/** Why nothing is set. */
export const typesettingErrors = defineErrors('typesetting', {
  busy: {
    status: 503,
    en: 'Many documents are being made at this moment. Please try again in a minute.',
    de: 'Im Augenblick werden viele Dokumente erstellt. Bitte in einer Minute erneut versuchen.',
  },
})

/** Typesetting takes a core for a while and leaves a hundred megabytes behind: a process apart, bounded in both. */
const limits = { memoryMiB: 512, timeMs: 120_000 }

/**
 * Sets the forms of an edition that one maker makes.
 *
 * @returns the files by their names
 */
export async function typeset(edition: EditionDocument, by: Maker): Promise<ReadonlyMap<string, Buffer>> {
  const output = await set(['edition', by], edition)
  return new Map(Object.entries(unzipSync(output)).map(([name, bytes]) => [name, Buffer.from(bytes)]))
}

/** Papers set at once: the other core is for everybody else. Editions do not wait for them. */
const mostPapers = 2
/** Papers that may wait: about a minute's work. */
const mostWaiting = 40
let running = 0
const waiting: (() => void)[] = []

/**
 * Sets a paper as PDF or as a Word document; a few at once, the others wait.
 *
 * @throws {typesetting.busy} where too many wait already
 */
export async function typesetPaper(paper: Paper, form: 'pdf' | 'docx'): Promise<Buffer> {
  if (running >= mostPapers) {
    if (waiting.length >= mostWaiting) throw typesettingErrors.busy()
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running += 1
  try {
    return await set(['paper', form], paper)
  } finally {
    // Whoever waits longest takes the place over.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

async function set(how: readonly [what: 'edition' | 'paper', form: string], document: object): Promise<Buffer> {
  const { ok, output, problem } = await runApart('typeset.process.ts', JSON.stringify(document), how, limits)
  if (!ok) throw bug(`a document could not be set as ${how.join(' ')}`, new Error(problem))
  return output
}
