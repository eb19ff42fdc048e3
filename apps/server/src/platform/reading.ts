import type { ReadResult } from '@art32/reader'
import { defineErrors } from '../kernel/index.ts'
import { runApart } from './apart.ts'

const memoryMiB = 512
const timeMs = 45_000

/** Why a document could not be read. */
export const readingErrors = defineErrors('document', {
  unreadable: { status: 422, en: '{en}', de: '{de}' },
  too_demanding: {
    status: 422,
    en: 'The document needed more memory or time than any real one. Save it again in another format, or split it.',
    de: 'Das Dokument brauchte mehr Speicher oder Zeit als jedes echte. Bitte in einem anderen Format speichern oder teilen.',
  },
})

/**
 * Reads a TOM document in a process apart; its bytes are attacker-controlled.
 *
 * @throws {document.unreadable} with the reader's sentence
 * @throws {document.too_demanding} when it ended by its limits
 */
export async function readApart(bytes: Uint8Array, name: string, now: Date): Promise<ReadResult> {
  // Only the ending goes along: arguments of processes can be seen by every account of the machine.
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''
  const { ok, output } = await runApart('read.process.ts', bytes, [`document${ending}`, now.toISOString()], {
    memoryMiB,
    timeMs,
  })
  if (!ok) throw readingErrors.too_demanding()
  // Written by read.process.ts, which is ours.
  const answer = JSON.parse(output.toString('utf8')) as { result: ReadResult } | { refused: { en: string; de: string } }
  if ('refused' in answer) throw readingErrors.unreadable(answer.refused)
  return { ...answer.result, document: { ...answer.result.document, name } }
}
