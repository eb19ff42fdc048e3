import { longMoment } from '@art32/press'
import { findIndexes, stampedHead, witnessedHead } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import type { EditionDependencies, EditionRow } from '../edition/index.ts'

type Language = 'en' | 'de'

/**
 * Who vouches for the ledger of a tenant by now, as sentences for its page. The edition itself was signed before they
 * answered, and so it cannot say it.
 */
export async function vouchedFor(
  tx: TenantContext,
  dependencies: EditionDependencies,
  row: EditionRow,
  language: Language,
): Promise<string[]> {
  const { witnessing, stamping } = dependencies
  if (witnessing.names.length === 0 && stamping.host === null) return []
  const index = (await findIndexes(tx.sql, [row.commitment])).get(row.commitment.toString('base64')) ?? Infinity
  return [
    ...(witnessing.names.length === 0 ? [] : sayWitnesses(await witnessedHead(tx, dependencies), index, language)),
    ...(stamping.host === null
      ? []
      : [sayStamp(await stampedHead(tx, dependencies, { index, at: row.made_at }), index, language)]),
  ]
}

function sayWitnesses(head: Awaited<ReturnType<typeof witnessedHead>>, index: number, language: Language): string[] {
  const say = words[language]
  if (head === null) return [say.none]
  return head.witnesses.map(({ name, time }) =>
    say.cosigned(name, longMoment(time.toISOString(), language), head.size, index < head.size),
  )
}

function sayStamp(head: Awaited<ReturnType<typeof stampedHead>>, index: number, language: Language): string {
  const say = words[language]
  if (head === null) return say.unstamped
  return say.stamped(head.authority, longMoment(head.time.toISOString(), language), head.size, index < head.size)
}

const words = {
  en: {
    none: 'By now no witness has cosigned this ledger.',
    cosigned: (name: string, time: string, size: number, within: boolean) =>
      `By now the witness ${name} has cosigned, by its own clock ${time}: it covers the first ${size} leaves of this ledger, ${within ? 'with this edition' : 'and this edition not yet'}. The proof bundle holds the cosignature.`,
    unstamped: 'By now no time stamp covers this ledger.',
    stamped: (name: string, time: string, size: number, within: boolean) =>
      `The time-stamping authority ${name} has stamped a head of it, by its own clock ${time}: it covers the first ${size} leaves of this ledger, ${within ? 'with this edition' : 'and this edition not yet'}. The proof bundle holds the time stamp.`,
  },
  de: {
    none: 'Bis jetzt hat kein Zeuge dieses Journal mitgezeichnet.',
    cosigned: (name: string, time: string, size: number, within: boolean) =>
      `Inzwischen hat der Zeuge ${name} mitgezeichnet, nach seiner eigenen Uhr ${time}: Das deckt die ersten ${size} Blätter dieses Journals, ${within ? 'mit dieser Fassung' : 'diese Fassung noch nicht'}. Das Nachweispaket enthält die Mitzeichnung.`,
    unstamped: 'Bis jetzt deckt kein Zeitstempel dieses Journal.',
    stamped: (name: string, time: string, size: number, within: boolean) =>
      `Die Zeitstempelstelle ${name} hat einen Stand gestempelt, nach ihrer eigenen Uhr ${time}: Das deckt die ersten ${size} Blätter dieses Journals, ${within ? 'mit dieser Fassung' : 'diese Fassung noch nicht'}. Das Nachweispaket enthält den Zeitstempel.`,
  },
}
