import { setImmediate } from 'node:timers/promises'
import { checkOf, exportFormatNames, exportFormats, findingKey } from '@art32/probes'
import type { DeclaredException, Judged, Look } from '@art32/probes'
import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import type { MemoryRoom } from '../platform/index.ts'
import { environments } from '../system/index.ts'
import { checkErrors } from './errors.ts'
import { countExported, listExported } from './export-store.ts'
import type { ExportedRow } from './export-store.ts'

/** The most that one file holds; a hundred systems with a hundred checks each are a tenth of it. */
const most = { outcomes: 100_000, subjects: 200_000 }

/** What exports need of the rest of the server. */
export interface ExportDependencies {
  /** The version of this release. */
  readonly version: string
  /** The exceptions that hold today, by the key of the finding that they cover. */
  readonly exceptionsOf: (tx: TenantContext) => Promise<ReadonlyMap<string, DeclaredException>>
  /** An export is made of a look that is in memory as a whole. */
  readonly room: MemoryRoom
}

/** What one of them takes in memory at most beside its texts, in bytes, and how often each text is there while a file is made. */
const weight = { outcome: 2_000, subject: 1_500, text: 3 }

/** Outcomes as files for other programs. */
export function exportOperations({ version, exceptionsOf, room }: ExportDependencies) {
  return [
    tenantOperation({
      id: 'outcome.export',
      summary:
        'Hands out outcomes as OSCAL, OCSF, SARIF, JUnit or CSV: how it stands now, or every look of a period; people stand there by pseudonyms',
      kind: 'download',
      needs: 'register:read',
      input: z.object({
        format: z.enum(exportFormatNames),
        systemId: z.uuid().optional(),
        environment: z.enum(environments).optional(),
        from: z.iso.datetime().optional(),
        to: z.iso.datetime().optional(),
        /** Left out: the language of the tenant. */
        language: z.enum(['en', 'de']).optional(),
      }),
      output: z.unknown(),
      refuses: [checkErrors.export_of_one_time, checkErrors.export_too_large, checkErrors.export_no_room],
      async run({ format, from, to, language, ...rest }, tx) {
        const { extension, type, isOfOneTime, write } = exportFormats[format]
        const isPeriod = from !== undefined || to !== undefined
        if (isPeriod && isOfOneTime) throw checkErrors.export_of_one_time()
        const filter = { ...rest, from: instant(from), to: instant(to) }
        const size = await countExported(tx, filter)
        if (size.outcomes > most.outcomes || size.subjects > most.subjects) throw checkErrors.export_too_large()
        const giveBack = room.take(
          size.outcomes * weight.outcome + size.subjects * weight.subject + size.text * weight.text,
        )
        if (giveBack === null) throw checkErrors.export_no_room()
        try {
          const exceptions = isPeriod ? new Map<string, DeclaredException>() : await exceptionsOf(tx)
          const rows = await listExported(tx, filter)
          const look: Look = {
            title: tx.tenant.name,
            release: version,
            language: language ?? tx.tenant.language,
            madeAt: tx.now.toISOString(),
            judged: rows.flatMap((row) => judgedOf(row, isPeriod ? null : tx.now, exceptions)),
          }
          const name = `${tx.tenant.slug}-outcomes-${tx.now.toISOString().slice(0, 10)}.${extension}`
          return { name, type, bytes: inParts(write(look)) }
        } finally {
          giveBack()
        }
      },
    }),
  ]
}

const instant = (text: string | undefined) => (text === undefined ? undefined : new Date(text))

/**
 * The outcomes of a row, one for each subject.
 *
 * @param now  of how it stands now: what is not fresh any more is stale, save a fault, which does not go by itself. Null: of
 *   a period, in which each look is told as it was
 */
function judgedOf(row: ExportedRow, now: Date | null, exceptions: ReadonlyMap<string, DeclaredException>): Judged[] {
  const isOver = now !== null && row.fresh_until < now
  const severity = checkOf(row.check_id)?.severity ?? 'medium'
  // Words and subjects are kept for thirteen months; the outcome stays.
  const subjects =
    row.subjects.length > 0 ? row.subjects : [{ subject: '*', state: row.state, say: { en: '', de: '' } }]
  return subjects.map(({ subject, state, say }): Judged => {
    const key = findingKey(row.check_id, row.system_id, subject)
    const exception = state === 'fail' ? exceptions.get(key) : undefined
    return {
      check: row.check_id,
      version: row.check_version,
      severity,
      system: row.system_id,
      systemName: row.system_name,
      environment: row.environment,
      subject,
      key,
      state: isOver && state !== 'fail' && state !== 'not-evaluated' ? 'stale' : state,
      ...(state === 'not-evaluated' && row.reason !== null ? { reason: row.reason } : {}),
      say,
      // Written by this module as canonical JSON of an object.
      parameters: JSON.parse(row.parameters) as Record<string, unknown>,
      at: row.at.toISOString(),
      freshUntil: row.fresh_until.toISOString(),
      ...(row.read === 'ok' ? { factsHash: row.facts_hash.toString('hex') } : {}),
      ...(exception === undefined ? {} : { exception }),
    }
  })
}

const partLength = 65_536

/** Pieces as bytes, many at a time; between two parts the process does other things. */
async function* inParts(pieces: Iterable<string>): AsyncGenerator<Uint8Array> {
  let waiting: string[] = []
  let length = 0
  for (const piece of pieces) {
    waiting.push(piece)
    length += piece.length
    if (length < partLength) continue
    yield Buffer.from(waiting.join(''))
    waiting = []
    length = 0
    await setImmediate()
  }
  if (waiting.length > 0) yield Buffer.from(waiting.join(''))
}
